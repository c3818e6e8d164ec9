package dev.godwit.fact;

import static java.util.Objects.requireNonNull;

import dev.godwit.statement.ColumnDefinition.Generated;
import dev.godwit.statement.Expression;
import dev.godwit.statement.TypeName;
import java.util.Optional;

/// A column as known before a statement.
///
/// @param type empty when unknown
/// @param notNull known to be NOT NULL; false also when unknown
/// @param value its default, or the expression of a generated column; empty also when unknown
/// @param local declared by its own table, not only by those that the table inherits from
public record ColumnModel(
        String name,
        Optional<TypeName> type,
        boolean notNull,
        Origin origin,
        Optional<Expression> value,
        Generated generated,
        boolean identity,
        boolean local) {
    public ColumnModel {
        requireNonNull(name);
        requireNonNull(type);
        requireNonNull(origin);
        requireNonNull(value);
        requireNonNull(generated);
    }

    static ColumnModel of(String name, Optional<TypeName> type, boolean notNull, Origin origin) {
        return new ColumnModel(name, type, notNull, origin, Optional.empty(), Generated.NO, false, true);
    }

    static ColumnModel unknown(String name) {
        return of(name, Optional.empty(), false, Origin.EXISTING);
    }

    ColumnModel withType(TypeName newType) {
        return new ColumnModel(name, Optional.of(newType), notNull, origin, value, generated, identity, local);
    }

    ColumnModel withNotNull(boolean newNotNull) {
        return new ColumnModel(name, type, newNotNull, origin, value, generated, identity, local);
    }

    ColumnModel withOrigin(Origin newOrigin) {
        return new ColumnModel(name, type, notNull, newOrigin, value, generated, identity, local);
    }

    ColumnModel withValue(Optional<Expression> newValue, Generated newGenerated) {
        return new ColumnModel(name, type, notNull, origin, newValue, newGenerated, identity, local);
    }

    ColumnModel withIdentity(boolean newIdentity) {
        return new ColumnModel(name, type, notNull, origin, value, generated, newIdentity, local);
    }

    ColumnModel asLocal(boolean isLocal) {
        return new ColumnModel(name, type, notNull, origin, value, generated, identity, isLocal);
    }

    ColumnModel named(String newName) {
        return new ColumnModel(newName, type, notNull, origin, value, generated, identity, local);
    }
}
