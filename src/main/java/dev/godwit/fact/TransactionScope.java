package dev.godwit.fact;

import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Statement;
import dev.godwit.statement.Statement.TransactionControl.Verb;
import java.util.ArrayList;
import java.util.List;

/// Which statements of a script share a transaction.
///
/// @param number counts the transactions of the script from 1; a statement on its own is one as well
/// @param block is it in a transaction block?
public record TransactionScope(int number, boolean block) {
    /// The directive that makes an UPDATE or DELETE many small transactions.
    public static final String BACKFILL = "backfill";

    /// @return does one transaction hold the script from its start?
    public static boolean wraps(ParsedScript script, TransactionMode mode) {
        return switch (mode) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> script.statements().stream().noneMatch(TransactionScope::standsAgainst);
        };
    }

    private static boolean standsAgainst(ParsedStatement statement) {
        return Refusals.inTransaction(statement.statement())
                || isVerb(statement.statement(), Verb.BEGIN)
                || isBackfill(statement);
    }

    public static boolean isBackfill(ParsedStatement statement) {
        return statement.directives().stream()
                .anyMatch(directive -> directive.name().equals(BACKFILL));
    }

    private static boolean isVerb(Statement statement, Verb verb) {
        return statement instanceof Statement.TransactionControl control && control.verb() == verb;
    }

    /// @return for each statement of the script, in order, its scope
    public static List<TransactionScope> of(ParsedScript script, TransactionMode mode) {
        List<TransactionScope> scopes = new ArrayList<>();
        boolean block = wraps(script, mode);
        int number = 1;
        for (ParsedStatement statement : script.statements()) {
            boolean begins = isVerb(statement.statement(), Verb.BEGIN);
            boolean ends = isVerb(statement.statement(), Verb.COMMIT) || isVerb(statement.statement(), Verb.ROLLBACK);
            if (!block && !scopes.isEmpty()) {
                number++;
            }
            block |= begins;
            scopes.add(new TransactionScope(number, block && !begins && !ends));
            if (ends && block) {
                block = chains(statement.statement());
                number += block ? 1 : 0;
            }
        }
        return scopes;
    }

    /// COMMIT AND CHAIN begins the next transaction at once.
    private static boolean chains(Statement statement) {
        return statement instanceof Statement.TransactionControl control && control.options();
    }
}
