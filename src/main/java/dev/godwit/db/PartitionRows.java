package dev.godwit.db;

import static java.util.stream.Collectors.groupingBy;

import dev.godwit.catalog.Partition;
import dev.godwit.catalog.Table;
import dev.godwit.catalog.TableKind;
import dev.godwit.postgres.QualifiedName;
import java.util.List;
import java.util.Map;

/// The estimated rows of a partitioned table are those of its leaves: what the server keeps for the parent is not set
/// before 14 and seldom fresh after.
final class PartitionRows {
    private final Map<QualifiedName, List<Table>> children;

    private PartitionRows(List<Table> tables) {
        this.children = tables.stream()
                .filter(table -> table.partitionOf().isPresent())
                .collect(groupingBy(
                        table -> table.partitionOf().map(Partition::parent).orElseThrow()));
    }

    static List<Table> summedUp(List<Table> tables) {
        PartitionRows rows = new PartitionRows(tables);
        return tables.stream().map(rows::withSum).toList();
    }

    private Table withSum(Table table) {
        return table.kind() == TableKind.PARTITIONED ? table.withEstimatedRows(rows(table)) : table;
    }

    private long rows(Table table) {
        return table.kind() == TableKind.PARTITIONED
                ? children.getOrDefault(table.name(), List.of()).stream()
                        .mapToLong(this::rows)
                        .sum()
                : table.estimatedRows();
    }
}
