package dev.godwit.db;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/// What `pg_stat_database` has counted for the database of a session, cluster-wide noise left out.
///
/// The counters run behind by up to a second, and start again at a reset, a crash and a failover: see
/// [#restartedSince].
///
/// @param readAt the server's clock
/// @param deadlocks transactions that a deadlock ended
/// @param conflicts queries that recovery ended, on a standby
/// @param sessions established; this and the three below are empty before 14, which does not count them
/// @param sessionsAbandoned whose client went away
/// @param sessionsFatal that an error ended
/// @param sessionsKilled that an operator ended
/// @param statsReset when counting began; empty when it was never reset
public record DatabaseCounters(
        Instant readAt,
        long commits,
        long rollbacks,
        long deadlocks,
        long conflicts,
        long tempBytes,
        long blocksRead,
        long blocksHit,
        OptionalLong sessions,
        OptionalLong sessionsAbandoned,
        OptionalLong sessionsFatal,
        OptionalLong sessionsKilled,
        Optional<Instant> statsReset) {
    private static final String COUNTERS = """
            SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS read_at, xact_commit, xact_rollback, deadlocks,
                   conflicts, temp_bytes, blks_read, blks_hit, (extract(epoch FROM stats_reset) * 1000000)::bigint AS stats_reset, {sessions}
            FROM pg_catalog.pg_stat_database
            WHERE datname = current_database()
            """;

    public DatabaseCounters {
        requireNonNull(readAt);
        requireNonNull(sessions);
        requireNonNull(sessionsAbandoned);
        requireNonNull(sessionsFatal);
        requireNonNull(sessionsKilled);
        requireNonNull(statsReset);
    }

    /// Outside a transaction: within one the server shows the same numbers again.
    public static DatabaseCounters read(Session session) {
        String sessions = session.serverVersion().atLeast(14)
                ? "sessions, sessions_abandoned, sessions_fatal, sessions_killed"
                : "NULL AS sessions, NULL AS sessions_abandoned, NULL AS sessions_fatal, NULL AS sessions_killed";
        return session.queryOne(COUNTERS.replace("{sessions}", sessions), DatabaseCounters::counters)
                .orElseThrow();
    }

    private static DatabaseCounters counters(Row row) {
        return new DatabaseCounters(
                instant(row.number("read_at")),
                row.number("xact_commit"),
                row.number("xact_rollback"),
                row.number("deadlocks"),
                row.number("conflicts"),
                row.number("temp_bytes"),
                row.number("blks_read"),
                row.number("blks_hit"),
                optional(row, "sessions"),
                optional(row, "sessions_abandoned"),
                optional(row, "sessions_fatal"),
                optional(row, "sessions_killed"),
                optional(row, "stats_reset").stream()
                        .mapToObj(DatabaseCounters::instant)
                        .findFirst());
    }

    private static OptionalLong optional(Row row, String column) {
        return row.isNull(column) ? OptionalLong.empty() : OptionalLong.of(row.number(column));
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(Duration.of(micros, ChronoUnit.MICROS));
    }

    /// @return whether counting began anew after the earlier reading, so that no difference can be taken
    public boolean restartedSince(DatabaseCounters earlier) {
        boolean counting = earlier.commits + earlier.rollbacks > 0;
        return (counting && !statsReset.equals(earlier.statsReset))
                || commits < earlier.commits
                || rollbacks < earlier.rollbacks
                || deadlocks < earlier.deadlocks;
    }
}
