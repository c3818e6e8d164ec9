package dev.godwit.statement;

import dev.godwit.postgres.QualifiedName;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Which columns of which relations a query reads, as far as its text tells.
///
/// A column that is named without its relation counts for every relation that the query reads; `*` stands for all.
public record ColumnUses(Map<QualifiedName, Set<String>> columns) {
    public static final ColumnUses NONE = new ColumnUses(Map.of());

    /// All columns of a relation.
    public static final String ALL = "*";

    public ColumnUses {
        Map<QualifiedName, Set<String>> copy = new HashMap<>();
        columns.forEach((relation, names) -> copy.put(relation, Set.copyOf(names)));
        columns = Map.copyOf(copy);
    }

    public static ColumnUses of(QualifiedName relation, Set<String> columns) {
        return new ColumnUses(Map.of(relation, columns));
    }

    public boolean reads(QualifiedName relation) {
        return columns.containsKey(relation);
    }

    public boolean reads(QualifiedName relation, String column) {
        Set<String> read = columns.getOrDefault(relation, Set.of());
        return read.contains(column) || read.contains(ALL);
    }

    /// @return the same after the relation got another name
    public ColumnUses renamed(QualifiedName from, QualifiedName to) {
        if (!reads(from)) {
            return this;
        }
        Map<QualifiedName, Set<String>> changed = new HashMap<>(columns);
        changed.put(to, columns.get(from));
        changed.remove(from);
        return new ColumnUses(changed);
    }
}
