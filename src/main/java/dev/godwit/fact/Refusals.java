package dev.godwit.fact;

import dev.godwit.statement.AlterAction;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import java.util.regex.Pattern;

/// Which statements PostgreSQL refuses inside a transaction block (SQLSTATE 25001).
///
/// Source: the calls of `PreventInTransactionBlock` in PostgreSQL 13 to 18.
public final class Refusals {
    private static final Pattern ORDINARY = Pattern.compile(
            "(?:INSERT|UPDATE|DELETE|SELECT|COMMENT|GRANT|REVOKE"
                    + "|(?:CREATE|ALTER|DROP)\\s+(?:UNIQUE\\s+)?(?:TABLE|INDEX|VIEW|SEQUENCE|SCHEMA|TYPE))\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern CONCURRENTLY = Pattern.compile("CONCURRENTLY", Pattern.CASE_INSENSITIVE);

    private Refusals() {}

    /// Told by its first words, without a parser.
    ///
    /// @param sql of one statement
    /// @return true: the server accepts it in a transaction block, and it opens none. False: nobody knows yet
    static boolean standsInAnyTransaction(String sql) {
        return ORDINARY.matcher(sql).lookingAt() && !CONCURRENTLY.matcher(sql).find();
    }

    public static boolean inTransaction(Statement statement) {
        return switch (statement) {
            case Statement.CreateIndex index -> index.concurrently();
            case Statement.DropObjects drop -> drop.concurrently();
            case Statement.Reindex reindex -> reindex.concurrently() || !isOneRelation(reindex.kind());
            case Statement.Maintenance maintenance -> maintenance.vacuum();
            case Statement.Cluster cluster -> cluster.table().isEmpty();
            case Statement.AlterTable alter -> alter.actions().stream().anyMatch(Refusals::isConcurrentDetach);
            case Statement.ServerCommand _ -> true;
            case Statement.TransactionControl control ->
                control.verb() == Statement.TransactionControl.Verb.FINISH_PREPARED;
            default -> false;
        };
    }

    private static boolean isOneRelation(ObjectKind kind) {
        return kind == ObjectKind.TABLE || kind == ObjectKind.INDEX;
    }

    private static boolean isConcurrentDetach(AlterAction action) {
        return action instanceof AlterAction.DetachPartition detach && detach.concurrently();
    }
}
