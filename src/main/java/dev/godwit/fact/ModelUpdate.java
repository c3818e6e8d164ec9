package dev.godwit.fact;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ColumnDefinition;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import dev.godwit.statement.TypeName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Leaves in the model what a statement leaves in the database.
final class ModelUpdate {
    private final SchemaModel model;
    private final ConstraintUpdate constraints;

    /// @param transaction the number of the statement's transaction in the release
    ModelUpdate(SchemaModel model, int transaction) {
        this.model = model;
        this.constraints = new ConstraintUpdate(model, transaction);
    }

    void apply(Statement statement) {
        switch (statement) {
            case Statement.CreateTable create -> createTable(create);
            case Statement.CreateTableAs create -> created(create.name(), create.kind());
            case Statement.CreateView create -> created(create.name(), ObjectKind.VIEW);
            case Statement.CreateIndex index -> createIndex(index);
            case Statement.AlterTable alter -> new AlterUpdate(model, constraints).apply(alter);
            case Statement.DropObjects drop -> drop(drop);
            case Statement.Rename rename -> rename(rename);
            case Statement.SetSchema move -> move(move);
            case Statement.CreateSchema schema -> schema.elements().forEach(this::apply);
            case Statement.Sequence sequence -> {
                if (sequence.create()) {
                    created(sequence.name(), ObjectKind.SEQUENCE);
                }
            }
            case Statement.CreateFunction function ->
                model.define(function.name().name(), function.volatility());
            case Statement.CreateDomain domain -> model.domain(domain.name(), domain.constrained());
            case Statement.AlterDomain domain -> model.domain(domain.name(), domain.constrains());
            case Statement.SetVariable set -> timeZone(set);
            default -> {}
        }
    }

    private void created(QualifiedName name, ObjectKind kind) {
        if (!model.knows(name)) {
            model.put(RelationModel.of(name, kind, Origin.RELEASE));
        }
    }

    private void createTable(Statement.CreateTable create) {
        if (create.ifNotExists() && model.knows(create.name())) {
            return;
        }
        Map<String, ColumnModel> columns = new LinkedHashMap<>();
        create.columns().forEach(column -> columns.put(column.name(), column(column)));
        RelationModel table = RelationModel.of(create.name(), ObjectKind.TABLE, Origin.RELEASE)
                .withColumns(columns)
                .asPartitioned(create.partitioned());
        model.put(create.partitionOf()
                .or(() -> create.parents().stream().findFirst())
                .map(table::under)
                .orElse(table));
        create.columns().stream()
                .flatMap(column -> column.constraints().stream())
                .forEach(constraint -> constraints.add(create.name(), constraint));
        create.constraints().forEach(constraint -> constraints.add(create.name(), constraint));
    }

    static ColumnModel column(ColumnDefinition column) {
        return new ColumnModel(column.name(), Optional.of(storedType(column)), column.notNull(), Origin.RELEASE);
    }

    private static TypeName storedType(ColumnDefinition column) {
        if (!column.type().isSerial()) {
            return column.type();
        }
        return TypeName.of(
                switch (column.type().name()) {
                    case "bigserial", "serial8" -> "int8";
                    case "smallserial", "serial2" -> "int2";
                    default -> "int4";
                });
    }

    private void createIndex(Statement.CreateIndex index) {
        QualifiedName name = new QualifiedName(index.table().schema(), ConstraintNames.index(index));
        if (model.knows(name)) {
            return;
        }
        model.put(model.get(index.table(), ObjectKind.TABLE));
        Map<String, ColumnModel> columns = new LinkedHashMap<>();
        index.columns()
                .forEach(column ->
                        columns.put(column, new ColumnModel(column, Optional.empty(), false, Origin.RELEASE)));
        model.put(RelationModel.of(name, ObjectKind.INDEX, Origin.RELEASE)
                .withColumns(columns)
                .under(index.table()));
    }

    private void drop(Statement.DropObjects drop) {
        switch (drop.kind()) {
            case TABLE, FOREIGN_TABLE, INDEX, VIEW, MATERIALIZED_VIEW, SEQUENCE -> {
                drop.objects().forEach(constraints::forgetReferencesTo);
                drop.objects().forEach(model::remove);
            }
            case SCHEMA -> drop.objects().forEach(schema -> model.removeSchema(schema.name()));
            case COLUMN, TABLE_CONSTRAINT, TRIGGER, RULE, POLICY, STATISTICS, TYPE, DOMAIN, FUNCTION, OTHER -> {}
        }
    }

    private void rename(Statement.Rename rename) {
        QualifiedName relation = rename.relation();
        if (rename.kind().isRelation()) {
            model.rename(relation, new QualifiedName(relation.schema(), rename.newName()));
            return;
        }
        String old = rename.member().orElse("");
        if (rename.kind() == ObjectKind.COLUMN) {
            model.change(
                    relation,
                    table -> table.column(old)
                            .map(column -> table.withoutColumn(old).withColumn(column.named(rename.newName())))
                            .orElse(table));
        } else if (rename.kind() == ObjectKind.TABLE_CONSTRAINT) {
            model.change(
                    relation,
                    table -> table.constraint(old)
                            .map(constraint ->
                                    table.withoutConstraint(old).withConstraint(rename.newName(), constraint))
                            .orElse(table));
        }
    }

    private void move(Statement.SetSchema move) {
        if (move.kind().isRelation()) {
            model.rename(
                    move.relation(),
                    new QualifiedName(move.newSchema(), move.relation().name()));
        }
    }

    private void timeZone(Statement.SetVariable set) {
        if (set.name().equalsIgnoreCase("timezone")) {
            model.utc(set.values().size() == 1 && set.values().getFirst().equalsIgnoreCase("utc"));
        }
    }
}
