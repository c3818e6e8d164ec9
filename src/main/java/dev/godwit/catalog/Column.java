package dev.godwit.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// @param type as `format_type` writes it with an empty `search_path`: `character varying(20)`, `public.mood`
/// @param notNull enforced for every row, so a constraint that is NOT VALID does not count
/// @param defaultExpression of a plain default; a generated column's expression is in the table's [SchemaObject]
/// @param generated GENERATED ALWAYS AS (…), stored or virtual
/// @param identity GENERATED … AS IDENTITY
public record Column(
        String name,
        String type,
        boolean notNull,
        Optional<String> defaultExpression,
        boolean generated,
        boolean identity) {
    public Column {
        requireNonNull(name);
        requireNonNull(type);
        requireNonNull(defaultExpression);
    }
}
