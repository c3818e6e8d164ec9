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
/// @param body the same as `up` and `down` in the framework's own words; an adapter that gets one writes it, and not
///     the SQL
public record NewMigration(
        String name,
        Optional<String> up,
        Optional<String> down,
        TransactionMode transactionMode,
        Instant now,
        Optional<CodeBody> body) {
    public NewMigration {
        requireNonNull(name);
        requireNonNull(up);
        requireNonNull(down);
        requireNonNull(transactionMode);
        requireNonNull(now);
        requireNonNull(body);
    }

    public NewMigration(
            String name, Optional<String> up, Optional<String> down, TransactionMode transactionMode, Instant now) {
        this(name, up, down, transactionMode, now, Optional.empty());
    }

    public NewMigration with(CodeBody code) {
        return new NewMigration(name, up, down, transactionMode, now, Optional.of(code));
    }
}
