package dev.godwit.execute;

import dev.godwit.db.Row;
import dev.godwit.db.Session;
import dev.godwit.evidence.EvidenceJson;
import dev.godwit.evidence.Journal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The events of the ledger: what `report` prints long after the run, and what a later command needs of an earlier one
/// (a baseline for the watch). Only ever appended; the newest of a kind counts.
public final class EventLog {
    private EventLog() {}

    /// @param kind `applied`, `verified`, `watched`, `rolledBack`, or a word of the caller's own
    /// @param payload a record, without personal data
    public static void append(Session session, String migration, String kind, Object payload) {
        session.update(
                "INSERT INTO godwit.event (migration, kind, payload) VALUES (?, ?, ?::jsonb)",
                migration,
                kind,
                EvidenceJson.write(payload));
    }

    public static void append(Session session, String migration, Journal.Entry entry) {
        append(session, migration, kind(entry), entry);
    }

    private static String kind(Journal.Entry entry) {
        return switch (entry) {
            case Journal.Applied _ -> "applied";
            case Journal.Verified _ -> "verified";
            case Journal.Watched _ -> "watched";
            case Journal.RolledBack _ -> "rolledBack";
        };
    }

    /// @return empty when there is none, and when there is no ledger
    public static <T> Optional<T> newest(Session session, String migration, String kind, Class<T> type) {
        if (!Ledger.exists(session)) {
            return Optional.empty();
        }
        return session.query("""
                        SELECT payload::text AS payload FROM godwit.event
                        WHERE migration = ? AND kind = ? ORDER BY id DESC LIMIT 1""", row -> row.text("payload"), migration, kind).stream()
                .findFirst()
                .map(json -> EvidenceJson.read(json, type));
    }

    /// @return what happened to a migration; empty when there is no ledger
    public static Journal journal(Session session, String migration) {
        Journal journal = Journal.empty(migration);
        for (Journal.Entry entry : entries(session, migration)) {
            journal = journal.with(entry);
        }
        return journal;
    }

    private static List<Journal.Entry> entries(Session session, String migration) {
        if (!Ledger.exists(session)) {
            return List.of();
        }
        return session.query("""
                SELECT kind, payload::text AS payload FROM godwit.event
                WHERE migration = ? AND kind IN ('applied', 'verified', 'watched', 'rolledBack') ORDER BY id""", EventLog::entry, migration);
    }

    private static Journal.Entry entry(Row row) {
        String json = row.text("payload");
        return switch (row.text("kind")) {
            case "applied" -> EvidenceJson.read(json, Journal.Applied.class);
            case "verified" -> EvidenceJson.read(json, Journal.Verified.class);
            case "watched" -> EvidenceJson.read(json, Journal.Watched.class);
            case "rolledBack" -> EvidenceJson.read(json, Journal.RolledBack.class);
            default -> throw new IllegalStateException("the query names the kinds");
        };
    }

    /// Writes an event and takes it back. The first in a fresh process loads code for half a second, and the true one
    /// is written while the locks of a migration are held.
    static void warmUp(Session session, String migration) {
        session.begin();
        try {
            append(session, migration, new Journal.Applied("", Instant.EPOCH, Instant.EPOCH, ""));
        } finally {
            session.rollback();
        }
    }

    /// Written in the transaction of the last step, so it is true exactly when the effect is there.
    static void finished(Session session, LedgerRun run) {
        Times times = session.queryOne(
                        """
                        SELECT to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS began,
                          to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS now,
                          session_user::text AS role
                        FROM godwit.run WHERE id = ?""",
                        row -> new Times(
                                Instant.parse(row.text("began")), Instant.parse(row.text("now")), row.text("role")),
                        run.id())
                .orElseThrow();
        append(session, run.migration(), entry(run, times));
    }

    private static Journal.Entry entry(LedgerRun run, Times times) {
        return switch (run.direction()) {
            case UP -> new Journal.Applied(run.digest(), times.began(), times.now(), times.role());
            case DOWN -> new Journal.RolledBack(times.now(), times.role());
        };
    }

    private record Times(Instant began, Instant now, String role) {}
}
