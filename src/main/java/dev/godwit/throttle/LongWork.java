package dev.godwit.throttle;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.Session;
import dev.godwit.postgres.QualifiedName;
import java.util.function.Supplier;

/// The long piece of work that is held up.
///
/// @param table that it changes
/// @param connections for a signal that needs one of its own; each is closed by who opened it
public record LongWork(QualifiedName table, Supplier<Session> connections) {
    public LongWork {
        requireNonNull(table);
        requireNonNull(connections);
    }
}
