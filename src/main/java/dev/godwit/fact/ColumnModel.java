package dev.godwit.fact;

import static java.util.Objects.requireNonNull;

import dev.godwit.statement.TypeName;
import java.util.Optional;

/// A column as known before a statement.
///
/// @param type empty when unknown
/// @param notNull known to be NOT NULL; false also when unknown
public record ColumnModel(String name, Optional<TypeName> type, boolean notNull, Origin origin) {
    public ColumnModel {
        requireNonNull(name);
        requireNonNull(type);
        requireNonNull(origin);
    }

    ColumnModel withType(TypeName newType) {
        return new ColumnModel(name, Optional.of(newType), notNull, origin);
    }

    ColumnModel withNotNull(boolean newNotNull) {
        return new ColumnModel(name, type, newNotNull, origin);
    }

    ColumnModel withOrigin(Origin newOrigin) {
        return new ColumnModel(name, type, notNull, newOrigin);
    }

    ColumnModel named(String newName) {
        return new ColumnModel(newName, type, notNull, origin);
    }
}
