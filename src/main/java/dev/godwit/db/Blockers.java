package dev.godwit.db;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import java.util.List;

/// Who keeps a backend waiting for a lock.
public final class Blockers {
    private static final String QUERY = """
            SELECT b.pid, a.usename, a.application_name, a.state, a.query,
                   coalesce(extract(epoch FROM clock_timestamp() - a.xact_start) * 1000, 0)::bigint AS age_millis
            FROM (SELECT DISTINCT unnest(pg_catalog.pg_blocking_pids(?::int)) AS pid) b
            LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = b.pid
            ORDER BY a.xact_start NULLS LAST, b.pid
            """;

    private Blockers() {}

    /// @return those directly in its way, whether they hold the lock or stand before it in the queue, oldest
    ///     transaction first
    public static List<Blocker> of(Session session, int pid) {
        return session.query(QUERY, Blockers::blocker, pid);
    }

    private static Blocker blocker(Row row) {
        return new Blocker(
                (int) row.number("pid"),
                requireNonNullElse(row.textOrNull("usename"), ""),
                requireNonNullElse(row.textOrNull("application_name"), ""),
                requireNonNullElse(row.textOrNull("state"), row.number("pid") == 0 ? "prepared transaction" : "hidden"),
                Duration.ofMillis(row.number("age_millis")),
                QueryText.withoutLiterals(requireNonNullElse(row.textOrNull("query"), "")));
    }
}
