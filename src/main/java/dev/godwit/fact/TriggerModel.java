package dev.godwit.fact;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.QualifiedName;
import java.util.Optional;

/// A trigger as known before a statement.
///
/// @param from the other table of a constraint trigger
/// @param row FOR EACH ROW: the partitions of its table have it too
record TriggerModel(
        String name, QualifiedName table, QualifiedName function, Optional<QualifiedName> from, boolean row) {
    TriggerModel {
        requireNonNull(name);
        requireNonNull(table);
        requireNonNull(function);
        requireNonNull(from);
    }

    TriggerModel renamed(QualifiedName old, QualifiedName now) {
        return new TriggerModel(
                name,
                table.equals(old) ? now : table,
                function,
                from.map(other -> other.equals(old) ? now : other),
                row);
    }
}
