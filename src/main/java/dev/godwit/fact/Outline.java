package dev.godwit.fact;

import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.ScriptParts;
import dev.godwit.statement.Statement;
import dev.godwit.statement.Statement.TransactionControl.Verb;
import java.util.Iterator;
import java.util.stream.Stream;

/// What must be known of a whole script before its first statement can be judged.
///
/// @param begins does it open a transaction itself?
/// @param standsAlone does a statement of it refuse a transaction around it, or that and `begins`?
public record Outline(boolean begins, boolean standsAlone) {
    /// Of most statements of a dump the first words tell enough.
    public static Outline of(ScriptParts script) {
        return of(script.statements(Refusals::standsInAnyTransaction));
    }

    static Outline of(Stream<ParsedStatement> statements) {
        boolean standsAlone = false;
        for (Iterator<ParsedStatement> each = statements.iterator(); each.hasNext(); ) {
            ParsedStatement statement = each.next();
            if (begins(statement.statement())) {
                return new Outline(true, true);
            }
            standsAlone |= Refusals.inTransaction(statement.statement()) || TransactionScope.isBackfill(statement);
        }
        return new Outline(false, standsAlone);
    }

    private static boolean begins(Statement statement) {
        return statement instanceof Statement.TransactionControl control && control.verb() == Verb.BEGIN;
    }

    /// @return does one transaction hold the script from its start?
    public boolean wraps(TransactionMode mode) {
        return switch (mode) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> !standsAlone;
        };
    }

    /// @return can a statement of the script leave the transaction by being written so that it refuses one? In mode
    ///     AUTO it can, as long as the script does not open a transaction itself
    public boolean canLeaveTransaction(TransactionMode mode) {
        return switch (mode) {
            case ALWAYS -> false;
            case AUTO, NEVER -> !begins;
        };
    }
}
