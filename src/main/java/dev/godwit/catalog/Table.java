package dev.godwit.catalog;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;

/// A table with what a migration can hurt.
///
/// @param columns in their order in the table, dropped ones left out
/// @param primaryKey its columns in key order; empty when there is none
/// @param estimatedRows what the server last counted or estimated, 0 when it knows nothing; a partitioned table has
///     the sum of its leaves
/// @param bytes heap, TOAST and indexes, by the pages the server last counted; no partitions included
/// @param partitionKey `RANGE (created_at)` of a partitioned table
/// @param partitionOf the parent, of a partition
public record Table(
        QualifiedName name,
        TableKind kind,
        List<Column> columns,
        List<String> primaryKey,
        List<ForeignKey> foreignKeys,
        List<Index> indexes,
        List<CheckConstraint> checks,
        long estimatedRows,
        long bytes,
        Optional<String> partitionKey,
        Optional<Partition> partitionOf) {
    public Table {
        requireNonNull(name);
        requireNonNull(kind);
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        foreignKeys = List.copyOf(foreignKeys);
        indexes = List.copyOf(indexes);
        checks = List.copyOf(checks);
        requireNonNull(partitionKey);
        requireNonNull(partitionOf);
    }

    /// A table that has to do with no partition.
    public Table(
            QualifiedName name,
            TableKind kind,
            List<Column> columns,
            List<String> primaryKey,
            List<ForeignKey> foreignKeys,
            List<Index> indexes,
            List<CheckConstraint> checks,
            long estimatedRows,
            long bytes) {
        this(
                name,
                kind,
                columns,
                primaryKey,
                foreignKeys,
                indexes,
                checks,
                estimatedRows,
                bytes,
                Optional.empty(),
                Optional.empty());
    }

    public Optional<Column> column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst();
    }

    public Table withEstimatedRows(long rows) {
        return new Table(
                name, kind, columns, primaryKey, foreignKeys, indexes, checks, rows, bytes, partitionKey, partitionOf);
    }
}
