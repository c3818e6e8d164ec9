package dev.godwit.apply;

import dev.godwit.db.Session;
import java.util.ArrayList;
import java.util.List;

/// Who keeps old row versions in use, in the database that is changed. What another database's sessions do matters to
/// neither question.
final class Horizon {
    private static final String SESSIONS = """
            SELECT a.pid, a.application_name AS name, a.state, a.query, coalesce(l.virtualtransaction, '') AS transaction,
              CASE WHEN a.query = '<insufficient privilege>' THEN 'HIDDEN' ELSE 'CLIENT' END AS kind,
              (extract(epoch FROM clock_timestamp() - a.xact_start) * 1000)::bigint::text AS age_ms
            FROM pg_catalog.pg_stat_activity a
            LEFT JOIN pg_catalog.pg_locks l ON l.pid = a.pid AND l.locktype = 'virtualxid' AND l.granted
              AND l.virtualtransaction = l.virtualxid
            WHERE a.datname = current_database() AND a.pid <> pg_catalog.pg_backend_pid()
              AND coalesce(a.backend_type, '') NOT IN ('autovacuum worker', 'parallel worker')
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_vacuum v WHERE v.pid = a.pid)
              AND (%s OR a.query = '<insufficient privilege>' AND l.pid IS NOT NULL)
            ORDER BY a.xact_start, a.pid""";

    private static final String PREPARED = """
            SELECT 0 AS pid, gid AS name, NULL AS state, NULL AS query, transaction::text AS transaction,
              'PREPARED' AS kind,
              (extract(epoch FROM clock_timestamp() - prepared) * 1000)::bigint::text AS age_ms
            FROM pg_catalog.pg_prepared_xacts WHERE database = current_database() ORDER BY prepared, gid""";

    private static final String SLOTS = """
            SELECT 0 AS pid, slot_name AS name, NULL AS state, NULL AS query, slot_name AS transaction,
              'SLOT' AS kind, NULL AS age_ms
            FROM pg_catalog.pg_replication_slots WHERE NOT active AND xmin IS NOT NULL ORDER BY slot_name""";

    private Horizon() {}

    /// Those whose snapshot a CREATE INDEX CONCURRENTLY waits for. A transaction that is idle at READ COMMITTED has
    /// none,
    /// nor has a prepared one; and VACUUM is passed over.
    static List<Obstacle> snapshots(Session session) {
        return session.query(
                SESSIONS.formatted("a.backend_xmin IS NOT NULL"),
                row -> Obstacle.of(row, "has a snapshot that CONCURRENTLY waits for"));
    }

    /// Those for whom VACUUM keeps the dead rows that a backfill leaves.
    static List<Obstacle> keepers(Session session) {
        String does = "keeps VACUUM from freeing what the backfill leaves";
        List<Obstacle> found = new ArrayList<>(session.query(
                SESSIONS.formatted("(a.backend_xmin IS NOT NULL OR a.backend_xid IS NOT NULL)"),
                row -> Obstacle.of(row, does)));
        found.addAll(session.query(PREPARED, row -> Obstacle.of(row, does)));
        found.addAll(session.query(SLOTS, row -> Obstacle.of(row, does)));
        return found;
    }
}
