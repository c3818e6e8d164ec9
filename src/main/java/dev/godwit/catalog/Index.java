package dev.godwit.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// @param columns the key, a plain column by its name, an expression as its text; INCLUDE columns are not among them
/// @param valid false after a CREATE INDEX CONCURRENTLY that failed or has not ended
/// @param definition `pg_get_indexdef`
public record Index(String name, List<String> columns, boolean unique, boolean valid, String definition) {
    public Index {
        requireNonNull(name);
        columns = List.copyOf(columns);
        requireNonNull(definition);
    }
}
