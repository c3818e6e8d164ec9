package dev.godwit.lint;

import static java.util.Objects.requireNonNull;

import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.ScriptParts;
import java.util.Optional;

/// A script to check.
///
/// @param mode whether the runner puts it in a transaction
/// @param up for a down, the script that it undoes
public record CheckFile(ScriptParts script, TransactionMode mode, Optional<ScriptParts> up) {
    public CheckFile {
        requireNonNull(script);
        requireNonNull(mode);
        requireNonNull(up);
    }

    public static CheckFile of(ParsedScript script, TransactionMode mode) {
        return new CheckFile(ScriptParts.of(script), mode, Optional.empty());
    }
}
