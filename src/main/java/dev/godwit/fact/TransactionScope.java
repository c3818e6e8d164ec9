package dev.godwit.fact;

import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.ParsedStatement;

/// In which of the script's transactions a statement runs.
///
/// @param number counts the transactions of the script from 1; a statement on its own is one as well
/// @param block is it in a transaction block?
public record TransactionScope(int number, boolean block) {
    /// The directive that makes an UPDATE or DELETE many small transactions.
    public static final String BACKFILL = "backfill";

    /// @return does one transaction hold the script from its start?
    public static boolean wraps(ParsedScript script, TransactionMode mode) {
        return Outline.of(script.statements().stream()).wraps(mode);
    }

    public static boolean isBackfill(ParsedStatement statement) {
        return statement.directives().stream()
                .anyMatch(directive -> directive.name().equals(BACKFILL));
    }
}
