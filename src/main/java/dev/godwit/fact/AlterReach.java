package dev.godwit.fact;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.Constraint;
import dev.godwit.statement.ObjectKind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which partitions and children an action of ALTER TABLE takes its lock on as well.
///
/// Source: `ATPrepCmd`, `ATSimpleRecursion` and the `ATExec…` functions that recurse, in tablecmds.c.
final class AlterReach {
    private final SchemaModel model;
    private final PostgresVersion version;

    AlterReach(SchemaModel model, PostgresVersion version) {
        this.model = model;
        this.version = version;
    }

    Set<QualifiedName> of(RelationModel table, AlterAction action, boolean only) {
        Set<QualifiedName> reached = new LinkedHashSet<>();
        switch (action) {
            case AlterAction.DropColumn drop -> dropColumn(table, drop, !only, reached);
            case AlterAction.AddConstraint _ when !only && version.atLeast(18) -> all(table, reached);
            case AlterAction.AddConstraint add when !only -> addConstraint(table, add.constraint(), reached);
            case AlterAction.DropConstraint drop -> dropConstraint(table, drop.constraint(), reached);
            case AlterAction.AddColumn add -> addColumn(table, add, reached);
            case AlterAction.ValidateConstraint validate when !only -> validate(table, validate.constraint(), reached);
            default -> {
                if (!only && reachesAll(table, action)) {
                    all(table, reached);
                }
            }
        }
        return reached;
    }

    private void all(RelationModel table, Set<QualifiedName> reached) {
        model.descendants(table.name()).forEach(child -> reached.add(child.name()));
    }

    private boolean reachesAll(RelationModel table, AlterAction action) {
        return switch (action) {
            case AlterAction.AlterType _, AlterAction.SetDefault _, AlterAction.DropDefault _ -> true;
            case AlterAction.SetExpression _ -> true;
            case AlterAction.SetNotNull set -> !isNotNull(table, set.column());
            case AlterAction.DropNotNull drop -> !version.atLeast(18) || isNotNull(table, drop.column());
            case AlterAction.Simple simple ->
                switch (simple.kind()) {
                    case SET_STATISTICS, SET_STORAGE, DROP_EXPRESSION -> true;
                    case TOGGLE_TRIGGER, DISABLE_TRIGGER, DISABLE_ALL_TRIGGERS ->
                        version.atLeast(15) && table.partitioned() && hasTrigger(table, simple);
                    case ADD_IDENTITY, CHANGE_IDENTITY, DROP_IDENTITY -> version.atLeast(17) && table.partitioned();
                    case ALTER_CONSTRAINT -> table.partitioned();
                    default -> false;
                };
            default -> false;
        };
    }

    /// ALL means the triggers of foreign keys too; partitions have those of their own, by the same lock.
    private boolean hasTrigger(RelationModel table, AlterAction.Simple simple) {
        boolean keys = simple.column().isEmpty() && hasForeignKey(table);
        return keys
                || model.triggers().stream()
                        .filter(TriggerModel::row)
                        .filter(trigger -> trigger.table().equals(table.name()))
                        .anyMatch(trigger ->
                                simple.column().map(trigger.name()::equals).orElse(true));
    }

    private boolean hasForeignKey(RelationModel table) {
        return !model.referencing(table.name()).isEmpty()
                || table.constraints().values().stream()
                        .anyMatch(constraint -> constraint.references().isPresent());
    }

    private static boolean isNotNull(RelationModel table, String column) {
        return table.column(column).map(ColumnModel::notNull).orElse(false);
    }

    private void addColumn(RelationModel table, AlterAction.AddColumn add, Set<QualifiedName> reached) {
        String column = add.column().name();
        if (table.column(column).isPresent()) {
            return;
        }
        for (RelationModel child : model.children(table.name())) {
            reached.add(child.name());
            addColumn(child, add, reached);
        }
    }

    private void dropColumn(
            RelationModel table, AlterAction.DropColumn drop, boolean recurse, Set<QualifiedName> reached) {
        if (drop.missingOk() && table.column(drop.column()).isEmpty()) {
            return;
        }
        for (RelationModel child : model.children(table.name())) {
            reached.add(child.name());
            if (recurse && goesWithParent(child, drop.column())) {
                dropColumn(child, drop, true, reached);
            }
        }
    }

    private static boolean goesWithParent(RelationModel child, String column) {
        return child.parents().size() == 1
                && child.column(column).filter(found -> !found.local()).isPresent();
    }

    private void addConstraint(RelationModel table, Constraint constraint, Set<QualifiedName> reached) {
        switch (constraint) {
            case Constraint.Check check -> {
                if (!check.noInherit()) {
                    inherit(table, ConstraintNames.of(table.name().name(), check), reached);
                }
            }
            case Constraint.NotNull notNull -> {
                if (!notNull.noInherit() && !isNotNull(table, notNull.column())) {
                    all(table, reached);
                }
            }
            case Constraint.Key key -> {
                if (key.primary() && !columns(table, key).stream().allMatch(column -> isNotNull(table, column))) {
                    all(table, reached);
                }
            }
            case Constraint.ForeignKey _ -> {
                if (table.partitioned()) {
                    all(table, reached);
                }
            }
            case Constraint.Exclusion _ -> {}
        }
    }

    List<String> columns(RelationModel table, Constraint.Key key) {
        return key.usingIndex()
                .flatMap(index -> model.find(new QualifiedName(table.name().schema(), index)))
                .map(index -> List.copyOf(index.columns().keySet()))
                .orElseGet(key::columns);
    }

    /// A child that has a constraint of that name already merges the two, and its own children are left alone.
    private void inherit(RelationModel table, String name, Set<QualifiedName> reached) {
        for (RelationModel child : model.children(table.name())) {
            reached.add(child.name());
            if (child.constraint(name).isEmpty()) {
                inherit(child, name, reached);
            }
        }
    }

    private void validate(RelationModel table, String name, Set<QualifiedName> reached) {
        Optional<ConstraintModel> constraint = table.constraint(name);
        if (constraint.map(ConstraintModel::validated).orElse(false)) {
            return;
        }
        if (table.partitioned() || constraint.map(ConstraintModel::inherits).orElse(false)) {
            all(table, reached);
        }
    }

    private void dropConstraint(RelationModel table, String name, Set<QualifiedName> reached) {
        if (table.partitioned()) {
            all(table, reached);
        } else if (table.constraint(name).filter(ConstraintModel::inherits).isPresent()) {
            dropInherited(table, name, reached);
        }
    }

    private void dropInherited(RelationModel table, String name, Set<QualifiedName> reached) {
        for (RelationModel child : model.children(table.name())) {
            reached.add(child.name());
            if (child.parents().size() == 1
                    && child.constraint(name).filter(found -> !found.local()).isPresent()) {
                dropInherited(child, name, reached);
            }
        }
    }

    /// The partitions of which a unique key or an exclusion builds an index, under a lock of its own.
    Set<QualifiedName> indexed(RelationModel table, AlterAction action) {
        Set<QualifiedName> reached = new LinkedHashSet<>();
        boolean builds = action instanceof AlterAction.AddConstraint add
                && (add.constraint() instanceof Constraint.Key || add.constraint() instanceof Constraint.Exclusion);
        boolean inline = action instanceof AlterAction.AddColumn add
                && add.column().constraint(Constraint.Key.class).isPresent();
        if (table.partitioned() && (builds || inline)) {
            all(table, reached);
        }
        return reached;
    }

    /// The lock that index builds take on partitions.
    static LockMode ofIndexBuild() {
        return LockMode.SHARE;
    }

    /// @return the table and, when it is partitioned, its partitions
    List<QualifiedName> withPartitions(QualifiedName table) {
        Set<QualifiedName> found = new LinkedHashSet<>();
        found.add(table);
        RelationModel relation = model.get(table, ObjectKind.TABLE);
        if (relation.partitioned()) {
            all(relation, found);
        }
        return List.copyOf(found);
    }
}
