package dev.godwit.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/// @param columns the key, a plain column by its name, an expression as its text; INCLUDE columns are not among them
/// @param valid false after a CREATE INDEX CONCURRENTLY that failed or has not ended
/// @param definition `pg_get_indexdef`
/// @param predicate of a partial index, without WHERE
public record Index(
        String name,
        List<String> columns,
        boolean unique,
        boolean valid,
        String definition,
        Optional<String> predicate) {
    public Index {
        requireNonNull(name);
        columns = List.copyOf(columns);
        requireNonNull(definition);
        requireNonNull(predicate);
    }

    /// An index over all rows.
    public Index(String name, List<String> columns, boolean unique, boolean valid, String definition) {
        this(name, columns, unique, valid, definition, Optional.empty());
    }
}
