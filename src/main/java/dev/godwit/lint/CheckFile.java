package dev.godwit.lint;

import static java.util.Objects.requireNonNull;

import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import java.util.Optional;

/// A script to check.
///
/// @param mode whether the runner puts it in a transaction
/// @param up for a down, the script that it undoes
public record CheckFile(ParsedScript script, TransactionMode mode, Optional<ParsedScript> up) {
    public CheckFile {
        requireNonNull(script);
        requireNonNull(mode);
        requireNonNull(up);
    }

    public static CheckFile of(ParsedScript script, TransactionMode mode) {
        return new CheckFile(script, mode, Optional.empty());
    }
}
