package dev.godwit.execute;

import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Statement;
import java.util.Set;

/// What a script SETs for its session, and so for the steps that follow.
final class SessionSettings {
    private static final Set<String> ROLE = Set.of("role", "session_authorization");

    private SessionSettings() {}

    static boolean changesRole(ParsedStatement statement) {
        return statement.statement() instanceof Statement.SetVariable set && !set.local() && ROLE.contains(set.name());
    }

    /// SET TRANSACTION, which must come before the first query of a transaction, the ledger's included.
    static boolean opensTransaction(ParsedStatement statement) {
        return statement.statement() instanceof Statement.SetVariable set
                && set.name().equalsIgnoreCase("transaction");
    }

    static boolean changesOther(ParsedStatement statement) {
        return statement.statement() instanceof Statement.SetVariable set
                && !set.local()
                && !ROLE.contains(set.name())
                && !opensTransaction(statement);
    }
}
