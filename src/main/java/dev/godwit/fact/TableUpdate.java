package dev.godwit.fact;

import dev.godwit.fact.RelationModel.Trait;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ColumnDefinition;
import dev.godwit.statement.ColumnUses;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Puts a new table into the model, with what it gets from its parents.
final class TableUpdate {
    private final SchemaModel model;
    private final ConstraintUpdate constraints;

    TableUpdate(SchemaModel model, ConstraintUpdate constraints) {
        this.model = model;
        this.constraints = constraints;
    }

    void create(Statement.CreateTable create) {
        if (create.ifNotExists() && model.knows(create.name())) {
            return;
        }
        List<QualifiedName> parents = Stream.concat(create.partitionOf().stream(), create.parents().stream())
                .toList();
        model.put(table(create, parents));
        parents.forEach(parent -> constraints.inheritAll(parent, create.name()));
        create.partitionOf().ifPresent(parent -> inheritIndexes(parent, create.name()));
        create.columns().stream()
                .flatMap(column -> column.constraints().stream())
                .forEach(constraint -> constraints.add(create.name(), constraint, true));
        create.constraints().forEach(constraint -> constraints.add(create.name(), constraint, true));
        create.columns().stream()
                .filter(column -> column.identity() || column.type().isSerial())
                .forEach(column -> AlterUpdate.putSequence(model, create.name(), column.name()));
    }

    private RelationModel table(Statement.CreateTable create, List<QualifiedName> parents) {
        Map<String, ColumnModel> columns = new LinkedHashMap<>();
        parents.forEach(parent -> inherited(parent).forEach(column -> columns.put(column.name(), column)));
        create.likes()
                .forEach(like -> inherited(like).forEach(column -> columns.put(column.name(), column.asLocal(true))));
        for (ColumnDefinition column : create.columns()) {
            columns.put(column.name(), merged(Optional.ofNullable(columns.get(column.name())), column));
        }
        RelationModel table = RelationModel.of(create.name(), ObjectKind.TABLE, Origin.RELEASE)
                .withColumns(columns)
                .withUses(create.ofType()
                        .map(type -> ColumnUses.of(type, Set.of()))
                        .orElse(ColumnUses.NONE))
                .with(Trait.PARTITIONED, create.partitioned())
                .with(Trait.PARTITION, create.partitionOf().isPresent())
                .with(Trait.DEFAULT_PARTITION, create.defaultPartition())
                .with(Trait.UNLOGGED, create.unlogged());
        for (QualifiedName parent : parents) {
            table = table.under(parent);
        }
        return table;
    }

    private List<ColumnModel> inherited(QualifiedName parent) {
        return model.get(parent, ObjectKind.TABLE).columns().values().stream()
                .map(column -> column.asLocal(false).withOrigin(Origin.RELEASE))
                .toList();
    }

    /// A column that a parent has too keeps its type and is declared here as well.
    private static ColumnModel merged(Optional<ColumnModel> above, ColumnDefinition column) {
        return above.map(found ->
                        found.withNotNull(found.notNull() || column.notNull()).asLocal(true))
                .orElseGet(() -> ModelUpdate.column(column));
    }

    /// The indexes that are no constraint's; those came with the constraints.
    private void inheritIndexes(QualifiedName parent, QualifiedName partition) {
        RelationModel above = model.get(parent, ObjectKind.TABLE);
        for (RelationModel index : model.indexesOf(parent)) {
            if (above.constraint(index.name().name()).isEmpty()) {
                String name = ConstraintNames.join(
                        partition.name(), List.copyOf(index.columns().keySet()), "idx");
                model.put(
                        RelationModel.of(new QualifiedName(partition.schema(), name), ObjectKind.INDEX, Origin.RELEASE)
                                .withColumns(index.columns())
                                .under(partition)
                                .under(index.name())
                                .with(Trait.PARTITION, true));
            }
        }
    }
}
