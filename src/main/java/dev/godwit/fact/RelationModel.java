package dev.godwit.fact;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ObjectKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A relation as known before a statement: complete when it came from a catalog or a CREATE TABLE, else no more than
/// what statements have said about it.
///
/// @param table the table of an index, the parent of a partition or a child (the first, when it has several)
/// @param partitioned does it hold its rows in partitions?
/// @param rows an estimate; empty when unknown
/// @param bytes empty when unknown
public record RelationModel(
        QualifiedName name,
        ObjectKind kind,
        Origin origin,
        Map<String, ColumnModel> columns,
        Map<String, ConstraintModel> constraints,
        Optional<QualifiedName> table,
        boolean partitioned,
        OptionalLong rows,
        OptionalLong bytes) {
    public RelationModel {
        requireNonNull(name);
        requireNonNull(kind);
        requireNonNull(origin);
        columns = Map.copyOf(columns);
        constraints = Map.copyOf(constraints);
        requireNonNull(table);
        requireNonNull(rows);
        requireNonNull(bytes);
    }

    static RelationModel of(QualifiedName name, ObjectKind kind, Origin origin) {
        return new RelationModel(
                name,
                kind,
                origin,
                Map.of(),
                Map.of(),
                Optional.empty(),
                false,
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    public Optional<ColumnModel> column(String column) {
        return Optional.ofNullable(columns.get(column));
    }

    public Optional<ConstraintModel> constraint(String constraint) {
        return Optional.ofNullable(constraints.get(constraint));
    }

    /// @return known NOT NULL, or proved so by a validated constraint
    public boolean holdsNoNull(String column) {
        return column(column).map(ColumnModel::notNull).orElse(false)
                || constraints.values().stream()
                        .anyMatch(constraint -> constraint.validated()
                                && constraint.provesNotNull().contains(column));
    }

    /// @return is there a key (primary or unique) of exactly these columns?
    public boolean isKey(Set<String> keyColumns) {
        return constraints.values().stream()
                .anyMatch(
                        constraint -> constraint.isKey() && constraint.columns().equals(keyColumns));
    }

    RelationModel withColumn(ColumnModel column) {
        Map<String, ColumnModel> changed = new LinkedHashMap<>(columns);
        changed.put(column.name(), column);
        return withColumns(changed);
    }

    RelationModel withoutColumn(String column) {
        Map<String, ColumnModel> changed = new LinkedHashMap<>(columns);
        changed.remove(column);
        Map<String, ConstraintModel> left = new LinkedHashMap<>(constraints);
        left.values().removeIf(constraint -> constraint.columns().contains(column));
        return withColumns(changed).withConstraints(left);
    }

    /// Changes a column that may not be known yet: having been named, it exists.
    RelationModel changing(String column, UnaryOperator<ColumnModel> change) {
        ColumnModel before =
                column(column).orElseGet(() -> new ColumnModel(column, Optional.empty(), false, Origin.EXISTING));
        return withColumn(change.apply(before));
    }

    RelationModel withConstraint(String constraint, ConstraintModel model) {
        Map<String, ConstraintModel> changed = new LinkedHashMap<>(constraints);
        changed.put(constraint, model);
        return withConstraints(changed);
    }

    RelationModel withoutConstraint(String constraint) {
        Map<String, ConstraintModel> changed = new LinkedHashMap<>(constraints);
        changed.remove(constraint);
        return withConstraints(changed);
    }

    RelationModel withColumns(Map<String, ColumnModel> changed) {
        return new RelationModel(name, kind, origin, changed, constraints, table, partitioned, rows, bytes);
    }

    RelationModel withConstraints(Map<String, ConstraintModel> changed) {
        return new RelationModel(name, kind, origin, columns, changed, table, partitioned, rows, bytes);
    }

    RelationModel asPartitioned(boolean isPartitioned) {
        return new RelationModel(name, kind, origin, columns, constraints, table, isPartitioned, rows, bytes);
    }

    RelationModel withOrigin(Origin newOrigin) {
        return new RelationModel(name, kind, newOrigin, columns, constraints, table, partitioned, rows, bytes);
    }

    RelationModel named(QualifiedName newName) {
        return new RelationModel(newName, kind, origin, columns, constraints, table, partitioned, rows, bytes);
    }

    /// The same without parent.
    RelationModel alone() {
        return new RelationModel(name, kind, origin, columns, constraints, Optional.empty(), partitioned, rows, bytes);
    }

    RelationModel under(QualifiedName newTable) {
        return new RelationModel(
                name, kind, origin, columns, constraints, Optional.of(newTable), partitioned, rows, bytes);
    }
}
