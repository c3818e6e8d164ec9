package dev.godwit.command;

import dev.godwit.db.Session;
import dev.godwit.execute.RunContext;
import dev.godwit.execute.Work;
import dev.godwit.gateway.Completion;
import dev.godwit.gateway.ConnectionInfo;
import dev.godwit.gateway.HeldSession;
import dev.godwit.gateway.Retry;
import dev.godwit.gateway.SentStatement;
import dev.godwit.gateway.StatementHandler;
import dev.godwit.gateway.Verdict;
import dev.godwit.problem.GodwitException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The lock discipline around a framework's statements, and the run's events told of them.
///
/// Before a transaction, or a statement outside of one, that needs a strong lock: wait for a quiet moment, and let the
/// session stand in a queue for a moment only. A statement outside of a transaction that did not get its lock is tried
/// again here, unseen by the framework; a transaction is the framework's, so its command fails and is run again.
///
/// A connection that waits holds up no other of its run: Rails keeps its advisory lock on a second one, Flyway its
/// history, and what they say there may be what the first is waiting for.
final class Guard implements StatementHandler, AutoCloseable {
    private final GuardedRun run;
    private final Lookouts lookouts;
    private final Map<Long, GuardedConnection> connections = new ConcurrentHashMap<>();

    /// @param look a session of Godwit's own to look at locks with
    Guard(RunContext context, Work work, Session look) {
        this.lookouts = new Lookouts(context.connections(), look);
        this.run = new GuardedRun(context, work, lookouts);
    }

    private GuardedConnection of(SentStatement statement) {
        return connections.computeIfAbsent(statement.connection(), _ -> new GuardedConnection(run));
    }

    @Override
    public Verdict before(HeldSession session, SentStatement statement) {
        try {
            of(statement).before(session, statement);
            return Verdict.FORWARD;
        } catch (GodwitException e) {
            stopped(e);
            return Verdict.refuse("57014", "stopped by Godwit");
        }
    }

    @Override
    public Retry after(HeldSession session, SentStatement statement, Completion completion) {
        try {
            return of(statement).after(session, statement, completion);
        } catch (GodwitException e) {
            stopped(e);
            return Retry.DONE;
        }
    }

    /// A framework that takes its statement back interrupts the wait. That is its own affair, of which its command
    /// tells.
    private void stopped(GodwitException e) {
        if (run.stopIsRequested() || !Thread.currentThread().isInterrupted()) {
            run.broken(e);
        }
    }

    @Override
    public void closed(ConnectionInfo connection) {
        Optional.ofNullable(connections.remove(connection.id())).ifPresent(GuardedConnection::letGo);
    }

    /// After the command has ended: stands aside when it failed for a lock.
    ///
    /// @return whether to run it again
    boolean runAgain() {
        connections.values().forEach(GuardedConnection::letGo);
        connections.clear();
        return run.runAgain();
    }

    /// @return of the last statement that failed
    Optional<String> lastSqlState() {
        return run.lastSqlState();
    }

    @Override
    public void close() {
        lookouts.close();
    }
}
