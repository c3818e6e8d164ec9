package dev.godwit.statement;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/// A column as CREATE TABLE or ADD COLUMN defines it.
///
/// @param notNull said so, or implied by PRIMARY KEY, serial or identity
/// @param constraints those that the column carries beyond NOT NULL and DEFAULT
public record ColumnDefinition(
        String name,
        TypeName type,
        boolean notNull,
        Optional<Expression> defaultValue,
        Generated generated,
        boolean identity,
        List<Constraint> constraints) {
    /// How a generated column gets its value.
    public enum Generated {
        NO,
        STORED,
        /// From PostgreSQL 18 on; computed on reading.
        VIRTUAL
    }

    public ColumnDefinition {
        requireNonNull(name);
        requireNonNull(type);
        requireNonNull(defaultValue);
        requireNonNull(generated);
        constraints = List.copyOf(constraints);
    }

    public <T extends Constraint> Optional<T> constraint(Class<T> kind) {
        return constraints.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
