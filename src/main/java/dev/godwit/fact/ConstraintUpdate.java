package dev.godwit.fact;

import dev.godwit.fact.ConstraintModel.Kind;
import dev.godwit.fact.RelationModel.Trait;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.Constraint;
import dev.godwit.statement.ObjectKind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Adds constraints to the model and takes them away, down to partitions and children.
final class ConstraintUpdate {
    private final SchemaModel model;
    private final int transaction;

    ConstraintUpdate(SchemaModel model, int transaction) {
        this.model = model;
        this.transaction = transaction;
    }

    /// @param recurse false for ONLY
    void add(QualifiedName table, Constraint constraint, boolean recurse) {
        ConstraintModel added = model(table, constraint);
        String name = ConstraintNames.of(table.name(), constraint);
        put(table, name, added, Optional.empty());
        if (constraint instanceof Constraint.Key key) {
            key.usingIndex()
                    .filter(index -> !index.equals(name))
                    .ifPresent(index -> model.remove(new QualifiedName(table.schema(), index)));
        }
        if (recurse) {
            inherit(table, name, added);
        }
    }

    /// What a constraint of a table is for those below it: the same, but not theirs to drop.
    private void inherit(QualifiedName table, String name, ConstraintModel constraint) {
        for (RelationModel child : model.children(table)) {
            if (!passesOn(constraint, child)) {
                continue;
            }
            String below = constraint.hasIndex() ? ownName(child.name(), constraint) : name;
            if (child.constraint(below).isEmpty()) {
                QualifiedName index = new QualifiedName(table.schema(), name);
                put(child.name(), below, constraint.asLocal(false), Optional.of(index));
                inherit(child.name(), below, constraint);
            }
        }
    }

    /// A new child or partition gets what its parent has.
    void inheritAll(QualifiedName parent, QualifiedName child) {
        RelationModel above = model.get(parent, ObjectKind.TABLE);
        above.constraints().forEach((name, constraint) -> {
            RelationModel below = model.get(child, ObjectKind.TABLE);
            if (passesOn(constraint, below)) {
                String own = constraint.hasIndex() ? ownName(child, constraint) : name;
                if (below.constraint(own).isEmpty()) {
                    put(child, own, constraint.asLocal(false), Optional.of(new QualifiedName(parent.schema(), name)));
                }
            }
        });
    }

    private static boolean passesOn(ConstraintModel constraint, RelationModel child) {
        return switch (constraint.kind()) {
            case CHECK, NOT_NULL -> constraint.inherits();
            case PRIMARY_KEY, UNIQUE, EXCLUSION, FOREIGN_KEY -> child.has(Trait.PARTITION);
        };
    }

    private static String ownName(QualifiedName table, ConstraintModel constraint) {
        return switch (constraint.kind()) {
            case PRIMARY_KEY -> table.name() + "_pkey";
            case EXCLUSION -> ConstraintNames.join(table.name(), List.copyOf(constraint.keyColumns()), "excl");
            default -> ConstraintNames.join(table.name(), List.copyOf(constraint.keyColumns()), "key");
        };
    }

    private void put(QualifiedName table, String name, ConstraintModel added, Optional<QualifiedName> parentIndex) {
        model.change(table, relation -> relation.withConstraint(name, added));
        if (added.hasIndex()) {
            putIndex(table, name, added, parentIndex);
        }
        if (added.kind() == Kind.PRIMARY_KEY || added.kind() == Kind.NOT_NULL) {
            added.columns()
                    .forEach(column -> model.change(
                            table,
                            relation -> relation.changing(
                                    column, found -> found.withNotNull(found.notNull() || added.validated()))));
        }
    }

    private void putIndex(
            QualifiedName table, String name, ConstraintModel constraint, Optional<QualifiedName> parentIndex) {
        Map<String, ColumnModel> columns = new LinkedHashMap<>();
        constraint.keyColumns().forEach(column -> columns.put(column, ColumnModel.unknown(column)));
        RelationModel index = RelationModel.of(
                        new QualifiedName(table.schema(), name), ObjectKind.INDEX, Origin.RELEASE)
                .withColumns(columns)
                .under(table)
                .with(Trait.UNIQUE, constraint.isKey())
                .with(Trait.ORDINARY, constraint.isKey())
                .with(Trait.OF_CONSTRAINT, true);
        model.put(parentIndex
                .filter(parent -> model.knows(parent))
                .map(parent -> index.under(parent).with(Trait.PARTITION, true))
                .orElse(index));
    }

    void validate(QualifiedName table, String name) {
        model.change(
                table,
                relation -> relation.constraint(name)
                        .map(constraint -> relation.withConstraint(name, constraint.asValidated()))
                        .map(validated -> notNull(validated, name))
                        .orElse(relation));
        model.children(table).stream()
                .filter(child -> child.constraint(name)
                        .filter(constraint -> !constraint.validated())
                        .isPresent())
                .forEach(child -> validate(child.name(), name));
    }

    private static RelationModel notNull(RelationModel table, String name) {
        RelationModel changed = table;
        ConstraintModel constraint = table.constraints().get(name);
        if (constraint != null && constraint.kind() == Kind.NOT_NULL) {
            for (String column : constraint.columns()) {
                changed = changed.changing(column, found -> found.withNotNull(true));
            }
        }
        return changed;
    }

    void drop(QualifiedName table, String name) {
        Optional<ConstraintModel> gone = model.find(table).flatMap(found -> found.constraint(name));
        model.change(table, found -> found.withoutConstraint(name));
        gone.filter(ConstraintModel::hasIndex).ifPresent(_ -> model.remove(new QualifiedName(table.schema(), name)));
        for (RelationModel child : model.children(table)) {
            boolean inherited = child.constraint(name)
                    .filter(constraint -> !constraint.local() && !constraint.hasIndex())
                    .isPresent();
            if (inherited) {
                drop(child.name(), name);
            }
        }
    }

    void forgetReferencesTo(QualifiedName gone) {
        for (RelationModel relation : model.referencing(gone)) {
            Map<String, ConstraintModel> left = new LinkedHashMap<>(relation.constraints());
            left.values().removeIf(constraint -> constraint.references(gone));
            model.put(relation.withConstraints(left));
        }
    }

    private ConstraintModel model(QualifiedName table, Constraint constraint) {
        return switch (constraint) {
            case Constraint.Check check ->
                of(
                                Kind.CHECK,
                                check.validated(),
                                check.condition().columns().collect(Collectors.toSet()),
                                NotNullProof.of(check.condition()),
                                !check.noInherit())
                        .checking(check.condition());
            case Constraint.NotNull notNull ->
                of(
                        Kind.NOT_NULL,
                        notNull.validated(),
                        Set.of(notNull.column()),
                        Set.of(notNull.column()),
                        !notNull.noInherit());
            case Constraint.Key key ->
                of(key.primary() ? Kind.PRIMARY_KEY : Kind.UNIQUE, true, keyColumns(table, key), Set.of(), false);
            case Constraint.ForeignKey key ->
                new ConstraintModel(
                        Kind.FOREIGN_KEY,
                        key.validated(),
                        Set.copyOf(key.columns()),
                        List.of(),
                        Set.of(),
                        Optional.of(key.references()),
                        Set.copyOf(key.referencedColumns()),
                        Optional.empty(),
                        false,
                        true,
                        transaction);
            case Constraint.Exclusion exclusion -> of(Kind.EXCLUSION, true, exclusion.columns(), Set.of(), false);
        };
    }

    private List<String> keyColumns(QualifiedName table, Constraint.Key key) {
        return key.usingIndex()
                .flatMap(index -> model.find(new QualifiedName(table.schema(), index)))
                .map(index -> List.copyOf(index.columns().keySet()))
                .orElseGet(key::columns);
    }

    private ConstraintModel of(
            Kind kind, boolean validated, Collection<String> columns, Set<String> provesNotNull, boolean inherits) {
        List<String> keys = kind == Kind.CHECK || kind == Kind.NOT_NULL ? List.of() : List.copyOf(columns);
        return new ConstraintModel(
                kind,
                validated,
                Set.copyOf(columns),
                keys,
                provesNotNull,
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                inherits,
                true,
                transaction);
    }
}
