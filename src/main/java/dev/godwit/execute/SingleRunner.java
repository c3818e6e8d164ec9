package dev.godwit.execute;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Row;
import dev.godwit.db.Session;
import dev.godwit.postgres.SqlState;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32;

/// At most one Godwit works on a database, and at most one on a backfill: a session-level advisory lock on a connection
/// that does nothing else.
///
/// The lock is asked for by try-lock and polling. A blocking `pg_advisory_lock` would keep its snapshot open while it
/// waits, and the other runner's CREATE INDEX CONCURRENTLY would wait for that snapshot for ever (Flyway #1654,
/// golang-migrate #960).
public final class SingleRunner implements Fence, AutoCloseable {
    /// "godwit" in ASCII, and 1.
    private static final long KEY = 0x0067_6f64_7769_7401L;

    /// "gdwt" in ASCII, then the hash of a backfill's name.
    private static final long BACKFILL_KEY = 0x6764_7774_0000_0000L;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    /// A server that is cut off from its client notices within a minute, see [SilentPeer], and holds the lock so long.
    private static final Duration OWN_GHOST = Duration.ofSeconds(75);

    private final Connections connections;
    private final long key;
    private final Cancellation cancellation;
    private Session session;

    private SingleRunner(Connections connections, long key, Cancellation cancellation, Duration patience) {
        this.connections = requireNonNull(connections);
        this.key = key;
        this.cancellation = requireNonNull(cancellation);
        this.session = locked(_ -> patience);
    }

    /// @param patience how long to wait for another runner to end
    /// @throws GodwitException naming the other runner
    public static SingleRunner acquire(Connections connections, Duration patience, Cancellation cancellation) {
        return new SingleRunner(connections, KEY, cancellation, patience);
    }

    /// Keeps others from the same backfill only, since one may last for days.
    ///
    /// @param backfill its id
    public static SingleRunner ofBackfill(
            Connections connections, String backfill, Duration patience, Cancellation cancellation) {
        CRC32 hash = new CRC32();
        hash.update(backfill.getBytes(StandardCharsets.UTF_8));
        return new SingleRunner(connections, BACKFILL_KEY | hash.getValue(), cancellation, patience);
    }

    /// @param patience how long to wait, as it looks from the session that waits
    /// @return a session that holds the lock
    private Session locked(Function<Session, Duration> patience) {
        Session fresh = connections.open();
        try {
            keepForEver(fresh);
            Stopwatch waited = Stopwatch.start();
            while (!tryLock(fresh, key)) {
                if (waited.elapsed().compareTo(patience.apply(fresh)) > 0) {
                    throw taken(fresh, key);
                }
                cancellation.pause(LOOK_AGAIN);
            }
            return fresh;
        } catch (RuntimeException e) {
            fresh.close();
            throw e;
        }
    }

    private static void keepForEver(Session session) {
        SilentPeer.isNoticed(session);
        if (session.serverVersion().atLeast(14)) {
            session.execute("SET idle_session_timeout = 0");
        }
    }

    private static boolean tryLock(Session session, long key) {
        return session.queryOne("SELECT pg_try_advisory_lock(" + key + ") AS got", row -> row.flag("got"))
                .orElseThrow();
    }

    private static String heldBy(long key) {
        return """
            FROM pg_catalog.pg_locks l
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
              AND l.classid::bigint = %d AND l.objid::bigint = %d
              AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())""".formatted(key >>> 32, key & 0xFFFF_FFFFL);
    }

    /// @return who holds the lock; empty when nobody does
    public static Optional<String> holder(Session session) {
        return holder(session, KEY);
    }

    private static Optional<String> holder(Session session, long key) {
        return session.queryOne(
                "SELECT a.pid, a.application_name, coalesce(host(a.client_addr), 'a local socket') AS client,"
                        + " to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ') AS since FROM"
                        + " pg_catalog.pg_stat_activity a WHERE a.pid = (SELECT l.pid " + heldBy(key) + ")",
                SingleRunner::describe);
    }

    private static String describe(Row row) {
        String since = row.textOrNull("since");
        return row.text("application_name") + " (pid " + row.number("pid") + ", from " + row.textOrNull("client")
                + (since == null ? "" : ", since " + since) + ")";
    }

    private static GodwitException taken(Session session, long key) {
        return Problem.refused(
                        "another Godwit is at work: " + holder(session, key).orElse("it has just ended"))
                .at("advisory lock " + key)
                .leaving("this one did nothing")
                .remedy("wait for it to end, or stop it, and try again")
                .raise();
    }

    /// @throws FenceLost when the lock went with its connection
    /// @throws GodwitException when the lock is not held any more for another reason
    @Override
    public void check() {
        try {
            requireHeld();
        } catch (DatabaseException e) {
            throw SqlState.connectionLost(e.sqlState()) ? gone(e) : e;
        }
    }

    private void requireHeld() {
        if (!session.queryOne(
                        "SELECT EXISTS (SELECT " + heldBy(key) + " AND l.pid = pg_backend_pid()) AS held",
                        row -> row.flag("held"))
                .orElseThrow()) {
            throw lost("the lock that keeps other runners away is not this session's any more")
                    .remedy("connect to the server itself, not to a pooler in transaction mode; then "
                            + cancellation.resumeCommand())
                    .raise();
        }
    }

    private FenceLost gone(DatabaseException e) {
        return new FenceLost(
                lost("the lock that keeps other runners away was lost with its connection")
                        .remedy(cancellation.resumeCommand()),
                e.sqlState());
    }

    private Problem lost(String what) {
        return Problem.database(what)
                .at("advisory lock " + key)
                .leaving("every finished step is in the ledger; nothing more was begun");
    }

    /// @throws GodwitException naming the other runner that took it meanwhile
    @Override
    public void retake() {
        try {
            check();
        } catch (FenceLost e) {
            session.close();
            int former = session.backendPid();
            session = locked(waiting -> isHeldBy(waiting, former) ? OWN_GHOST : Duration.ZERO);
        }
    }

    private boolean isHeldBy(Session waiting, int pid) {
        return waiting.queryOne(
                        "SELECT EXISTS (SELECT " + heldBy(key) + " AND l.pid = ?) AS held",
                        row -> row.flag("held"),
                        pid)
                .orElseThrow();
    }

    /// Gives the lock back before the server notices that the connection is gone.
    @Override
    public void close() {
        try (Session held = session) {
            held.query("SELECT pg_advisory_unlock(" + key + ") AS given", row -> row.flag("given"));
        } catch (DatabaseException e) {
            if (!SqlState.connectionLost(e.sqlState())) {
                throw e;
            }
        }
    }
}
