package dev.godwit.command;

import static java.util.Objects.requireNonNull;

import dev.godwit.gateway.Completion;
import dev.godwit.gateway.ConnectionInfo;
import dev.godwit.gateway.HeldSession;
import dev.godwit.gateway.Retry;
import dev.godwit.gateway.SentStatement;
import dev.godwit.gateway.StatementHandler;
import dev.godwit.gateway.Verdict;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Hands everything on, and remembers the backends of those that came.
final class Visitors implements StatementHandler {
    private final StatementHandler next;
    private final Set<Integer> backends = ConcurrentHashMap.newKeySet();

    Visitors(StatementHandler next) {
        this.next = requireNonNull(next);
    }

    /// @return whether not one connection has come
    boolean none() {
        return backends.isEmpty();
    }

    /// @return the backends of all that have come, those that are gone included
    Set<Integer> backends() {
        return Set.copyOf(backends);
    }

    @Override
    public Verdict before(HeldSession session, SentStatement statement) {
        return next.before(session, statement);
    }

    @Override
    public Retry after(HeldSession session, SentStatement statement, Completion completion) {
        return next.after(session, statement, completion);
    }

    @Override
    public void opened(ConnectionInfo connection) {
        backends.add(connection.backendPid());
        next.opened(connection);
    }

    @Override
    public void closed(ConnectionInfo connection) {
        next.closed(connection);
    }
}
