package dev.godwit.fact;

import dev.godwit.fact.RelationModel.Trait;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.Expression;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import dev.godwit.statement.TypeName;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/// What goes with a DROP, and which tables lose a part of themselves.
///
/// Source: the dependencies that `findDependentObjects` follows (dependency.c), as far as relations are concerned.
final class Dropped {
    private final SchemaModel model;
    private final boolean cascade;
    private final Set<QualifiedName> relations = new LinkedHashSet<>();
    private final Map<QualifiedName, Set<String>> columns = new LinkedHashMap<>();
    private final Set<QualifiedName> touched = new LinkedHashSet<>();

    Dropped(SchemaModel model, boolean cascade) {
        this.model = model;
        this.cascade = cascade;
    }

    static Dropped by(Statement.DropObjects drop, SchemaModel model) {
        Dropped dropped = new Dropped(model, drop.cascade());
        for (int i = 0; i < drop.objects().size(); i++) {
            dropped.object(drop, i);
        }
        return dropped;
    }

    /// @return the relations that are no more
    Set<QualifiedName> relations() {
        return relations;
    }

    /// @return the columns that are no more, of tables that stay
    Map<QualifiedName, Set<String>> columns() {
        return columns;
    }

    /// @return the relations that lose a column, a default, a trigger, a foreign key or a partition
    Set<QualifiedName> touched() {
        return touched;
    }

    private void object(Statement.DropObjects drop, int index) {
        QualifiedName name = drop.objects().get(index);
        switch (drop.kind()) {
            case TABLE, FOREIGN_TABLE, INDEX, VIEW, MATERIALIZED_VIEW, SEQUENCE -> {
                if (!drop.missingOk() || !model.isGone(name)) {
                    relation(name);
                }
            }
            case TRIGGER -> trigger(name, drop.members().get(index));
            case RULE, POLICY -> touched.add(name);
            case SCHEMA -> schema(name.name());
            case TYPE, DOMAIN -> type(name);
            case FUNCTION -> function(name);
            case COLUMN, ATTRIBUTE, TABLE_CONSTRAINT, STATISTICS, OTHER -> {}
        }
    }

    private void schema(String schema) {
        model.all().stream()
                .map(RelationModel::name)
                .filter(name -> name.schema().equals(schema))
                .forEach(this::relation);
        model.domains().stream()
                .map(DomainModel::name)
                .filter(name -> name.schema().equals(schema))
                .toList()
                .forEach(this::type);
    }

    void relation(QualifiedName name) {
        if (!relations.add(name)) {
            return;
        }
        model.find(name).ifPresent(relation -> {
            switch (relation.kind()) {
                case TABLE, FOREIGN_TABLE -> table(relation);
                case INDEX -> index(relation);
                case SEQUENCE -> defaultsOf(name);
                default -> {}
            }
        });
        model.usersOf(name).stream()
                .filter(user -> cascade || user.kind() == ObjectKind.SEQUENCE)
                .forEach(user -> relation(user.name()));
    }

    private void index(RelationModel index) {
        index.table().ifPresent(table -> {
            touchAll(table);
            keysOn(index, table);
        });
        model.below(index.name()).forEach(child -> relation(child.name()));
    }

    private void table(RelationModel table) {
        model.children(table.name()).stream()
                .filter(child -> cascade || child.has(Trait.PARTITION))
                .forEach(child -> relation(child.name()));
        table.constraints().values().stream()
                .flatMap(constraint -> constraint.references().stream())
                .forEach(this::touchAll);
        if (table.has(Trait.PARTITION)) {
            table.table().ifPresent(parent -> {
                touched.add(parent);
                model.defaultPartition(parent).ifPresent(sibling -> touched.add(sibling.name()));
            });
        }
        model.referencing(table.name()).forEach(other -> touched.add(other.name()));
        model.triggers().stream()
                .filter(trigger -> trigger.from().filter(table.name()::equals).isPresent())
                .forEach(trigger -> touchAll(trigger.table()));
    }

    private void touchAll(QualifiedName table) {
        touched.add(table);
        if (model.find(table).filter(RelationModel::partitioned).isPresent()) {
            model.descendants(table).forEach(partition -> touched.add(partition.name()));
        }
    }

    private void trigger(QualifiedName table, String name) {
        touched.add(table);
        model.triggers().stream()
                .filter(trigger ->
                        trigger.table().equals(table) && trigger.name().equals(name))
                .forEach(this::trigger);
    }

    private void trigger(TriggerModel trigger) {
        touched.add(trigger.table());
        if (trigger.row()) {
            touchAll(trigger.table());
        }
    }

    private void function(QualifiedName function) {
        if (!cascade) {
            return;
        }
        model.triggers().stream()
                .filter(trigger -> trigger.function().equals(function))
                .forEach(this::trigger);
        eachColumn((table, column) -> {
            boolean calls = column.value().stream()
                    .flatMap(Expression::descendants)
                    .anyMatch(part -> part instanceof Expression.Call call
                            && call.function().equals(function.name()));
            if (calls) {
                touched.add(table.name());
            }
        });
    }

    /// The defaults that a sequence feeds go with it.
    private void defaultsOf(QualifiedName sequence) {
        eachColumn((table, column) -> {
            boolean fed = column.value().stream()
                    .flatMap(Expression::descendants)
                    .anyMatch(part -> part instanceof Expression.Constant constant
                            && constant.text()
                                    .filter(text -> means(text, sequence))
                                    .isPresent());
            if (cascade && fed) {
                touched.add(table.name());
            }
        });
    }

    /// A literal names a relation as SQL does; quotes and search paths are not looked through.
    static boolean means(String text, QualifiedName relation) {
        return text.equals(relation.toString())
                || (text.equals(relation.name()) && relation.schema().equals("public"));
    }

    private void type(QualifiedName type) {
        if (!cascade) {
            return;
        }
        eachColumn((table, column) -> {
            if (column.type().filter(found -> isOf(found, type)).isPresent()) {
                column(table.name(), column.name());
            }
        });
        model.usersOf(type).forEach(typed -> relation(typed.name()));
        model.domains().stream()
                .filter(domain -> isOf(domain.base(), type))
                .map(DomainModel::name)
                .toList()
                .forEach(this::type);
    }

    static boolean isOf(TypeName found, QualifiedName type) {
        return SchemaModel.named(found).equals(type);
    }

    /// A column goes from its table and from all below it that do not declare it themselves.
    void column(QualifiedName table, String column) {
        touched.add(table);
        if (!columns.computeIfAbsent(table, _ -> new LinkedHashSet<>()).add(column)) {
            return;
        }
        RelationModel found = model.get(table, ObjectKind.TABLE);
        found.constraints().values().stream()
                .filter(constraint -> constraint.columns().contains(column))
                .flatMap(constraint -> constraint.references().stream())
                .forEach(this::touchAll);
        if (cascade) {
            keysTo(found, column);
        }
        for (RelationModel user : model.usersOf(table)) {
            boolean owned = user.kind() == ObjectKind.SEQUENCE;
            if ((owned || cascade) && user.uses().reads(table, column)) {
                relation(user.name());
            }
        }
    }

    /// A foreign key needs one certain unique index. When another has the same columns, that one is taken to be it.
    private void keysOn(RelationModel index, QualifiedName table) {
        Set<String> columns = index.columns().keySet();
        boolean another = model.indexesOf(table).stream()
                .filter(other -> other.has(Trait.UNIQUE) && !other.name().equals(index.name()))
                .anyMatch(other -> other.columns().keySet().equals(columns));
        if (cascade && index.has(Trait.UNIQUE) && !another) {
            model.referencing(table).stream()
                    .filter(other -> other.constraints().values().stream()
                            .anyMatch(constraint -> constraint.references(table)
                                    && constraint.referencedColumns().equals(columns)))
                    .forEach(other -> touched.add(other.name()));
        }
    }

    private void keysTo(RelationModel table, String column) {
        model.indexesOf(table.name()).stream()
                .filter(index -> index.uses().reads(table.name(), column))
                .forEach(index -> keysOn(index, table.name()));
        model.referencing(table, column).forEach(other -> touched.add(other.name()));
    }

    private void eachColumn(BiConsumer<RelationModel, ColumnModel> visit) {
        for (RelationModel table : model.all()) {
            if (table.isTable()) {
                table.columns().values().forEach(column -> visit.accept(table, column));
            }
        }
    }
}
