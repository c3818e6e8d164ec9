package dev.godwit.dsl;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.Identifiers;
import java.util.Optional;

/// A relation as a statement names it: a schema stands here only where one was written.
record Name(Optional<String> schema, String name) {
    Name {
        requireNonNull(schema);
        requireNonNull(name);
    }

    /// @return the same schema, another name
    Name beside(String other) {
        return new Name(schema, other);
    }

    String sql() {
        return schema.map(word -> Identifiers.quote(word) + ".").orElse("") + Identifiers.quote(name);
    }
}
