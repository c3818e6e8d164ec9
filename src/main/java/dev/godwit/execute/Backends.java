package dev.godwit.execute;

import dev.godwit.db.Session;
import dev.godwit.execute.StepState.Backend;
import java.time.Duration;
import java.util.Optional;

/// Waits for the server processes of an earlier attempt: a client that died is noticed by its backend only when the
/// statement ends, and until then its outcome is open.
final class Backends {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration SAY_AGAIN = Duration.ofSeconds(2);

    /// An earlier attempt that is between two statements either dies or goes on within this time.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private Backends() {}

    static Backend own(Session session) {
        return session.queryOne("""
                        SELECT pid, backend_start::text AS start FROM pg_catalog.pg_stat_activity
                        WHERE pid = pg_backend_pid()""", row -> new Backend(Math.toIntExact(row.number("pid")), row.text("start")))
                .orElseThrow();
    }

    /// Returns when the backend is gone. One that works is waited for, one that idles with nobody at its other end is
    /// ended.
    static void awaitEnd(Session session, Backend backend, int step, RunContext context) {
        Stopwatch waited = Stopwatch.start();
        Duration sayAt = GRACE.dividedBy(20);
        for (Optional<String> state = state(session, backend); state.isPresent(); state = state(session, backend)) {
            if (waited.elapsed().compareTo(sayAt) > 0) {
                context.listener().on(new RunEvent.WaitingForBackend(step, backend.pid(), state.get()));
                sayAt = waited.elapsed().plus(SAY_AGAIN);
            }
            if (!state.get().equals("active") && waited.elapsed().compareTo(GRACE) > 0) {
                terminate(session, backend);
            }
            context.cancellation().pause(LOOK_AGAIN);
        }
    }

    private static Optional<String> state(Session session, Backend backend) {
        return session.queryOne("""
                SELECT coalesce(state, 'state not visible') AS state FROM pg_catalog.pg_stat_activity
                WHERE pid = ? AND pid <> pg_backend_pid()
                  AND (backend_start = ?::timestamptz OR (backend_start IS NULL AND application_name LIKE 'godwit%'))""", row -> row.text("state"), backend.pid(), backend.startedAt());
    }

    private static void terminate(Session session, Backend backend) {
        session.query("""
                SELECT pg_terminate_backend(pid) AS told FROM pg_catalog.pg_stat_activity
                WHERE pid = ? AND backend_start = ?::timestamptz""", row -> row.flag("told"), backend.pid(), backend.startedAt());
    }
}
