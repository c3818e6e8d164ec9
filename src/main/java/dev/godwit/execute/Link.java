package dev.godwit.execute;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.execute.StepState.Backend;
import dev.godwit.postgres.SqlState;
import java.time.Duration;
import java.util.List;

/// The session that a run works on, replaced when it is lost.
final class Link implements AutoCloseable {
    /// How long a server may be away (a restart, a failover) before the run gives up.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final RunContext context;
    private Session session;
    private Backend backend;

    Link(RunContext context) {
        this.context = context;
        this.session = context.connections().open();
        this.backend = prepared(session);
    }

    Session session() {
        return session;
    }

    /// No timeout that a role or a database sets by default may end a statement half way, the ledger is read at READ
    /// COMMITTED, and keys are written as text in one form; how the server
    /// reads `01/02/2026` in a script is its own setting still.
    ///
    /// A Godwit that sleeps (a closed laptop) or is cut off without a word in the middle of a transaction gives its
    /// locks back after a minute. Between two statements of a transaction it needs milliseconds.
    private static Backend prepared(Session fresh) {
        fresh.execute("""
                SET statement_timeout = 0;
                SET lock_timeout = 0;
                SET idle_in_transaction_session_timeout = '1min';
                SET default_transaction_isolation = 'read committed';
                SET DateStyle = 'ISO';
                SET client_min_messages = warning""");
        SilentPeer.isNoticed(fresh);
        if (fresh.serverVersion().atLeast(14)) {
            fresh.execute("SET idle_session_timeout = 0");
        }
        if (fresh.serverVersion().atLeast(17)) {
            fresh.execute("SET transaction_timeout = 0");
        }
        return Backends.own(fresh);
    }

    /// Connects again, and returns when the backend that was lost is gone: what it has not committed by then it never
    /// will.
    void reconnect(int step) {
        session.close();
        Stopwatch away = Stopwatch.start();
        while (true) {
            try {
                replace(step);
                return;
            } catch (DatabaseException e) {
                if (!comesBack(e.sqlState()) || away.elapsed().compareTo(PATIENCE) > 0) {
                    throw e;
                }
                context.cancellation().pause(LOOK_AGAIN);
            }
        }
    }

    private void replace(int step) {
        Session fresh = context.connections().open();
        try {
            Backends.awaitEnd(fresh, backend, step, context);
            backend = prepared(fresh);
            session = fresh;
        } catch (RuntimeException e) {
            fresh.close();
            throw e;
        }
    }

    private static boolean comesBack(String sqlState) {
        return SqlState.connectionLost(sqlState)
                || List.of(SqlState.TOO_MANY_CONNECTIONS).contains(sqlState);
    }

    @Override
    public void close() {
        session.close();
    }
}
