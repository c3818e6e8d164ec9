package dev.godwit.source;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/// What a new migration is to say.
///
/// @param name as the person typed it
/// @param up its SQL; empty for a skeleton
/// @param down its undo; empty for a skeleton
/// @param transactionMode [TransactionMode#NEVER] writes the framework's own way to say so
/// @param now the moment its version is made of
public record NewMigration(
        String name, Optional<String> up, Optional<String> down, TransactionMode transactionMode, Instant now) {
    public NewMigration {
        requireNonNull(name);
        requireNonNull(up);
        requireNonNull(down);
        requireNonNull(transactionMode);
        requireNonNull(now);
    }
}
