package dev.godwit.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Captures every statement of every connection in the order in which they ended, with the transaction it ran in.
public final class Recorder implements StatementHandler {
    /// @param transaction numbered from 1 in each connection: a block from its BEGIN to its end, or one statement
    ///     outside of a block
    public record Recorded(SentStatement statement, Completion completion, long transaction) {}

    private final List<Recorded> recorded = new ArrayList<>();
    private final Map<Long, Long> transactions = new HashMap<>();

    @Override
    public Verdict before(HeldSession session, SentStatement statement) {
        return Verdict.FORWARD;
    }

    @Override
    public synchronized Retry after(HeldSession session, SentStatement statement, Completion completion) {
        boolean fresh = statement.before() == TransactionStatus.IDLE;
        long transaction = transactions.merge(statement.connection(), fresh ? 1L : 0L, Long::sum);
        recorded.add(new Recorded(statement, completion, transaction));
        return Retry.DONE;
    }

    @Override
    public synchronized void closed(ConnectionInfo connection) {
        transactions.remove(connection.id());
    }

    public synchronized List<Recorded> recorded() {
        return List.copyOf(recorded);
    }
}
