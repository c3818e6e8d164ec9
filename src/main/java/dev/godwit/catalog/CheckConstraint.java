package dev.godwit.catalog;

import static java.util.Objects.requireNonNull;

/// @param definition `pg_get_constraintdef`: `CHECK ((price > 0))`
public record CheckConstraint(String name, String definition, boolean validated) {
    public CheckConstraint {
        requireNonNull(name);
        requireNonNull(definition);
    }
}
