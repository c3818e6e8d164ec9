package dev.godwit.fact;

import dev.godwit.statement.Statement;
import dev.godwit.statement.Statement.TransactionControl;
import dev.godwit.statement.Statement.TransactionControl.Verb;

/// Follows the transactions of one script, statement by statement. Mutable: it is part of the walk through a release.
final class TransactionScopes {
    private boolean block;
    private int number;

    /// @param wrapped does one transaction hold the script from its start?
    TransactionScopes(boolean wrapped) {
        this.block = wrapped;
    }

    TransactionScope next(Statement statement) {
        boolean begins = isVerb(statement, Verb.BEGIN);
        boolean ends = isVerb(statement, Verb.COMMIT) || isVerb(statement, Verb.ROLLBACK);
        if (!block || number == 0) {
            number++;
        }
        block |= begins;
        TransactionScope scope = new TransactionScope(number, block && !begins && !ends);
        if (ends && block) {
            block = chains(statement);
            number += block ? 1 : 0;
        }
        return scope;
    }

    private static boolean isVerb(Statement statement, Verb verb) {
        return statement instanceof TransactionControl control && control.verb() == verb;
    }

    /// COMMIT AND CHAIN begins the next transaction at once.
    private static boolean chains(Statement statement) {
        return statement instanceof TransactionControl control && control.options();
    }
}
