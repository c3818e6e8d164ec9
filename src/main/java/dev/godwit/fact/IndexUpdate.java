package dev.godwit.fact;

import dev.godwit.fact.RelationModel.Trait;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ColumnUses;
import dev.godwit.statement.Expression;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Puts an index into the model, and those of the partitions with it.
final class IndexUpdate {
    private final SchemaModel model;

    IndexUpdate(SchemaModel model) {
        this.model = model;
    }

    void create(Statement.CreateIndex index) {
        QualifiedName name = new QualifiedName(index.table().schema(), ConstraintNames.index(index));
        if (model.knows(name)) {
            return;
        }
        RelationModel table = model.get(index.table(), ObjectKind.TABLE);
        model.put(table);
        put(index, name, index.table());
        if (!index.only() && table.partitioned()) {
            createBelow(index, index.table(), name);
        }
    }

    private void createBelow(Statement.CreateIndex index, QualifiedName table, QualifiedName parent) {
        for (RelationModel partition : model.children(table)) {
            QualifiedName name = free(new QualifiedName(
                    partition.name().schema(),
                    ConstraintNames.index(partition.name().name(), index)));
            put(index, name, partition.name());
            model.change(name, found -> found.under(parent).with(Trait.PARTITION, true));
            createBelow(index, partition.name(), name);
        }
    }

    /// The server counts up where a name is taken.
    private QualifiedName free(QualifiedName wanted) {
        QualifiedName name = wanted;
        for (int number = 1; model.knows(name); number++) {
            name = new QualifiedName(wanted.schema(), wanted.name() + number);
        }
        return name;
    }

    private void put(Statement.CreateIndex index, QualifiedName name, QualifiedName table) {
        Map<String, ColumnModel> columns = new LinkedHashMap<>();
        index.columns().forEach(column -> columns.put(column, ColumnModel.unknown(column)));
        Set<String> read = new HashSet<>(index.columns());
        read.addAll(index.expressionColumns());
        read.addAll(index.included());
        index.predicate().stream().flatMap(Expression::columns).forEach(read::add);
        boolean computed = index.predicate().isPresent() || index.columns().contains("");
        model.put(RelationModel.of(name, ObjectKind.INDEX, Origin.RELEASE)
                .withColumns(columns)
                .withUses(ColumnUses.of(table, read))
                .with(Trait.COMPUTED, computed)
                .with(Trait.UNIQUE, index.unique())
                .with(Trait.ORDINARY, index.ordinary())
                .under(table));
    }
}
