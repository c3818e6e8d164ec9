package dev.godwit.dsl;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// A column as CREATE TABLE or ADD COLUMN defines it; its constraints are beside it, as [Rule]s.
///
/// @param defaultValue the expression's own text
/// @param generated the text of a stored column's expression, without its parentheses
record NewColumn(
        String name,
        ColumnType type,
        boolean notNull,
        Optional<String> defaultValue,
        Identity identity,
        Optional<String> generated) {
    enum Identity {
        NO,
        BY_DEFAULT,
        ALWAYS
    }

    NewColumn {
        requireNonNull(name);
        requireNonNull(type);
        requireNonNull(defaultValue);
        requireNonNull(identity);
        requireNonNull(generated);
    }

    NewColumn filled() {
        return new NewColumn(name, type, true, defaultValue, identity, generated);
    }
}
