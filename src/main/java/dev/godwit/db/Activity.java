package dev.godwit.db;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// What the clients of a database are doing at one moment, the reading session left out.
///
/// @param clients connected
/// @param active running a statement
/// @param lockWaiters waiting for a heavyweight lock
/// @param longestLockWait zero when nobody waits; before 14 counted from the statement's begin, which is more
/// @param idleInTransaction holding a transaction open without running anything
/// @param longestTransaction age of the oldest open transaction
/// @param hidden clients whose doings this role may not see (grant `pg_read_all_stats`), not in the counts above
///     but in `clients`
public record Activity(
        int clients,
        int active,
        int lockWaiters,
        Duration longestLockWait,
        int idleInTransaction,
        Duration longestTransaction,
        int hidden) {
    private static final String SUMMARY = """
            SELECT count(*) AS clients,
                   count(*) FILTER (WHERE a.state = 'active') AS active,
                   count(*) FILTER (WHERE a.wait_event_type = 'Lock') AS lock_waiters,
                   coalesce(max(extract(epoch FROM clock_timestamp() - {wait_start}) * 1000)
                            FILTER (WHERE a.wait_event_type = 'Lock'), 0)::bigint AS longest_lock_wait_millis,
                   count(*) FILTER (WHERE a.state LIKE 'idle in transaction%') AS idle_in_transaction,
                   coalesce(max(extract(epoch FROM clock_timestamp() - a.xact_start) * 1000), 0)::bigint AS longest_transaction_millis,
                   count(*) FILTER (WHERE a.state IS NULL AND a.query = '<insufficient privilege>') AS hidden
            FROM pg_catalog.pg_stat_activity a
            WHERE a.datname = current_database() AND coalesce(a.backend_type, 'client backend') = 'client backend' AND a.pid <> pg_catalog.pg_backend_pid()
            """;

    private static final String WAIT_START =
            "coalesce((SELECT min(l.waitstart) FROM pg_catalog.pg_locks l WHERE l.pid = a.pid AND NOT l.granted), clock_timestamp())";

    public Activity {
        requireNonNull(longestLockWait);
        requireNonNull(longestTransaction);
    }

    public static Activity read(Session session) {
        String waitStart = session.serverVersion().atLeast(14) ? WAIT_START : "a.query_start";
        return session.queryOne(
                        SUMMARY.replace("{wait_start}", waitStart),
                        row -> new Activity(
                                (int) row.number("clients"),
                                (int) row.number("active"),
                                (int) row.number("lock_waiters"),
                                Duration.ofMillis(row.number("longest_lock_wait_millis")),
                                (int) row.number("idle_in_transaction"),
                                Duration.ofMillis(row.number("longest_transaction_millis")),
                                (int) row.number("hidden")))
                .orElseThrow();
    }
}
