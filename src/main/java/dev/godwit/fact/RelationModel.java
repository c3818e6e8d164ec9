package dev.godwit.fact;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ColumnUses;
import dev.godwit.statement.ObjectKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A relation as known before a statement: complete when it came from a catalog or a CREATE TABLE, else no more than
/// what statements have said about it.
///
/// @param parents of a partition or a child those above it; of an index its table, then the index it is attached to
/// @param uses what it reads and so goes with: a view's columns, an index's, the column that owns a sequence
/// @param rows an estimate; empty when unknown
/// @param bytes empty when unknown
public record RelationModel(
        QualifiedName name,
        ObjectKind kind,
        Origin origin,
        Map<String, ColumnModel> columns,
        Map<String, ConstraintModel> constraints,
        List<QualifiedName> parents,
        ColumnUses uses,
        Set<Trait> traits,
        OptionalLong rows,
        OptionalLong bytes) {
    /// What sets a relation apart from others of its kind.
    public enum Trait {
        /// It holds its rows in partitions.
        PARTITIONED,
        /// It hangs below a partitioned table or index, not below a parent that it merely inherits from.
        PARTITION,
        DEFAULT_PARTITION,
        UNLOGGED,
        /// A policy of row security is known.
        POLICIES,
        /// Its replica identity was chosen, so it is not the primary key by mere default.
        REPLICA_IDENTITY,
        /// An index with a WHERE or an expression among its keys.
        COMPUTED,
        /// A unique index.
        UNIQUE,
        /// An index that is a btree of columns as they are: no other order, collation or operator class.
        ORDINARY,
        /// An index that a constraint holds, so that it cannot be dropped by itself.
        OF_CONSTRAINT
    }

    /// Source: `MaxHeapAttributeNumber` in htup_details.h.
    private static final int MOST_COLUMNS = 1600;

    public RelationModel {
        requireNonNull(name);
        requireNonNull(kind);
        requireNonNull(origin);
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        constraints = Collections.unmodifiableMap(new LinkedHashMap<>(constraints));
        parents = List.copyOf(parents);
        requireNonNull(uses);
        traits = Set.copyOf(traits);
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
                List.of(),
                ColumnUses.NONE,
                Set.of(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    public Optional<ColumnModel> column(String column) {
        return Optional.ofNullable(columns.get(column));
    }

    public Optional<ConstraintModel> constraint(String constraint) {
        return Optional.ofNullable(constraints.get(constraint));
    }

    /// @return the table of an index, the parent of a partition or a child (the first, when it has several)
    public Optional<QualifiedName> table() {
        return parents.stream().findFirst();
    }

    public boolean partitioned() {
        return has(Trait.PARTITIONED);
    }

    public boolean has(Trait trait) {
        return traits.contains(trait);
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

    /// @return is it a table that other tables can hang below?
    boolean isTable() {
        return kind == ObjectKind.TABLE || kind == ObjectKind.FOREIGN_TABLE;
    }

    /// A column too many is refused by the server, and changes nothing here either.
    RelationModel withColumn(ColumnModel column) {
        if (columns.size() >= MOST_COLUMNS && !columns.containsKey(column.name())) {
            return this;
        }
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
        ColumnModel before = column(column).orElseGet(() -> ColumnModel.unknown(column));
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
        return new RelationModel(name, kind, origin, changed, constraints, parents, uses, traits, rows, bytes);
    }

    RelationModel withConstraints(Map<String, ConstraintModel> changed) {
        return new RelationModel(name, kind, origin, columns, changed, parents, uses, traits, rows, bytes);
    }

    RelationModel withUses(ColumnUses changed) {
        return new RelationModel(name, kind, origin, columns, constraints, parents, changed, traits, rows, bytes);
    }

    RelationModel with(Trait trait, boolean set) {
        Set<Trait> changed = EnumSet.noneOf(Trait.class);
        changed.addAll(traits);
        if (set) {
            changed.add(trait);
        } else {
            changed.remove(trait);
        }
        return new RelationModel(name, kind, origin, columns, constraints, parents, uses, changed, rows, bytes);
    }

    RelationModel withOrigin(Origin newOrigin) {
        return new RelationModel(name, kind, newOrigin, columns, constraints, parents, uses, traits, rows, bytes);
    }

    RelationModel named(QualifiedName newName) {
        return new RelationModel(newName, kind, origin, columns, constraints, parents, uses, traits, rows, bytes);
    }

    RelationModel under(QualifiedName parent) {
        List<QualifiedName> more = new ArrayList<>(parents);
        more.remove(parent);
        more.add(parent);
        return withParents(more);
    }

    RelationModel standingAlone() {
        return withParents(List.of()).withUses(ColumnUses.NONE);
    }

    RelationModel notUnder(QualifiedName parent) {
        List<QualifiedName> less = new ArrayList<>(parents);
        less.remove(parent);
        return withParents(less).with(Trait.PARTITION, false).with(Trait.DEFAULT_PARTITION, false);
    }

    /// Follows another relation to its new name.
    RelationModel renamed(QualifiedName from, QualifiedName to) {
        List<QualifiedName> above = new ArrayList<>(parents);
        above.replaceAll(parent -> parent.equals(from) ? to : parent);
        return withParents(above).withUses(uses.renamed(from, to));
    }

    private RelationModel withParents(List<QualifiedName> changed) {
        return new RelationModel(name, kind, origin, columns, constraints, changed, uses, traits, rows, bytes);
    }
}
