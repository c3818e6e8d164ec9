package dev.godwit.execute;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Row;
import dev.godwit.db.Session;
import dev.godwit.postgres.SqlState;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.time.Duration;
import java.util.Optional;

/// At most one Godwit works on a database: a session-level advisory lock on a connection that does nothing else.
///
/// The lock is asked for by try-lock and polling. A blocking `pg_advisory_lock` would keep its snapshot open while it
/// waits, and the other runner's CREATE INDEX CONCURRENTLY would wait for that snapshot for ever (Flyway #1654,
/// golang-migrate #960).
public final class SingleRunner implements Fence, AutoCloseable {
    /// "godwit" in ASCII, and 1.
    private static final long KEY = 0x0067_6f64_7769_7401L;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private static final String HELD_BY = """
            FROM pg_catalog.pg_locks l
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
              AND l.classid::bigint = %d AND l.objid::bigint = %d
              AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())""".formatted(KEY >>> 32, KEY & 0xFFFF_FFFFL);

    private final Session session;
    private final String resumeCommand;

    private SingleRunner(Session session, String resumeCommand) {
        this.session = requireNonNull(session);
        this.resumeCommand = resumeCommand;
    }

    /// @param patience how long to wait for another runner to end
    /// @throws GodwitException naming the other runner
    public static SingleRunner acquire(Connections connections, Duration patience, Cancellation cancellation) {
        Session session = connections.open();
        try {
            keepForEver(session);
            Stopwatch waited = Stopwatch.start();
            while (!tryLock(session)) {
                if (waited.elapsed().compareTo(patience) > 0) {
                    throw taken(session);
                }
                cancellation.pause(LOOK_AGAIN);
            }
            return new SingleRunner(session, cancellation.resumeCommand());
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static void keepForEver(Session session) {
        if (session.serverVersion().atLeast(14)) {
            session.execute("SET idle_session_timeout = 0");
        }
    }

    private static boolean tryLock(Session session) {
        return session.queryOne("SELECT pg_try_advisory_lock(" + KEY + ") AS got", row -> row.flag("got"))
                .orElseThrow();
    }

    /// @return who holds the lock; empty when nobody does
    public static Optional<String> holder(Session session) {
        return session.queryOne(
                "SELECT a.pid, a.application_name, coalesce(host(a.client_addr), 'a local socket') AS client,"
                        + " to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ') AS since FROM"
                        + " pg_catalog.pg_stat_activity a WHERE a.pid = (SELECT l.pid " + HELD_BY + ")",
                SingleRunner::describe);
    }

    private static String describe(Row row) {
        String since = row.textOrNull("since");
        return row.text("application_name") + " (pid " + row.number("pid") + ", from " + row.textOrNull("client")
                + (since == null ? "" : ", since " + since) + ")";
    }

    private static GodwitException taken(Session session) {
        return Problem.refused("another Godwit is at work: " + holder(session).orElse("it has just ended"))
                .at("advisory lock " + KEY)
                .leaving("this one did nothing")
                .remedy("wait for it to end, or stop it, and try again")
                .raise();
    }

    /// @throws GodwitException when the lock is not held any more
    @Override
    public void check() {
        if (!held()) {
            throw Problem.database("the lock that keeps other runners away was lost with its connection")
                    .at("advisory lock " + KEY)
                    .leaving("every finished step is in the ledger; nothing more was begun")
                    .remedy("connect to the server itself, not to a pooler in transaction mode; then " + resumeCommand)
                    .raise();
        }
    }

    private boolean held() {
        try {
            return session.queryOne(
                            "SELECT EXISTS (SELECT " + HELD_BY + " AND l.pid = pg_backend_pid()) AS held",
                            row -> row.flag("held"))
                    .orElseThrow();
        } catch (DatabaseException e) {
            if (SqlState.connectionLost(e.sqlState())) {
                return false;
            }
            throw e;
        }
    }

    /// Gives the lock back before the server notices that the connection is gone.
    @Override
    public void close() {
        try (session) {
            session.query("SELECT pg_advisory_unlock(" + KEY + ") AS given", row -> row.flag("given"));
        } catch (DatabaseException e) {
            if (!SqlState.connectionLost(e.sqlState())) {
                throw e;
            }
        }
    }
}
