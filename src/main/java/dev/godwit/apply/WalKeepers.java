package dev.godwit.apply;

import dev.godwit.db.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who keeps write-ahead log from being removed, and what becomes of a replication slot when much is written.
///
/// @param maxWalBytes what `pg_wal` grows to when nobody keeps anything
/// @param slots that nobody reads
/// @param archiveFails whether the archive has not taken the last file that it was given
record WalKeepers(long maxWalBytes, List<Slot> slots, boolean archiveFails) {
    /// @param safe bytes that may still be written before `max_slot_wal_keep_size` takes its log away; empty without
    /// that
    record Slot(String name, long held, Optional<Long> safe) {}

    private static final String SETTINGS = """
            SELECT (SELECT setting::bigint FROM pg_catalog.pg_settings WHERE name = 'max_wal_size') * 1024 * 1024 AS most,
              current_setting('archive_mode') <> 'off'
                AND coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) AS fails
            FROM pg_catalog.pg_stat_archiver""";

    private static final String SLOTS = """
            SELECT slot_name AS name, safe_wal_size::text AS safe,
              coalesce(pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(), restart_lsn), 0)::bigint AS held
            FROM pg_catalog.pg_replication_slots
            WHERE NOT active AND NOT temporary AND restart_lsn IS NOT NULL AND wal_status IS DISTINCT FROM 'lost'
            ORDER BY slot_name""";

    WalKeepers {
        slots = List.copyOf(slots);
    }

    static WalKeepers read(Session session) {
        List<Slot> slots = session.query(
                SLOTS,
                row -> new Slot(
                        row.text("name"),
                        row.number("held"),
                        Optional.ofNullable(row.textOrNull("safe")).map(Long::parseLong)));
        return session.queryOne(SETTINGS, row -> new WalKeepers(row.number("most"), slots, row.flag("fails")))
                .orElseThrow();
    }

    /// @param wal about to be written
    /// @return the slots that would lose their place, a sentence each
    List<String> losing(long wal) {
        return slots.stream()
                .filter(slot -> slot.safe().filter(safe -> wal > safe).isPresent())
                .map(slot -> "slot " + slot.name() + ", which nobody reads, is lost after "
                        + Shown.bytes(Math.max(0, slot.safe().orElseThrow())) + " more")
                .toList();
    }

    /// @return how much of it stays at the same time
    long kept(long wal) {
        return slots.isEmpty() && !archiveFails ? Math.min(wal, maxWalBytes) : wal;
    }

    /// @return why more stays than usual
    List<String> why() {
        List<String> why = new ArrayList<>();
        if (archiveFails) {
            why.add("the archive fails, so all WAL stays");
        }
        slots.forEach(slot -> why.add(
                "slot " + slot.name() + ", which nobody reads, holds " + Shown.bytes(slot.held()) + " of WAL already"));
        return why;
    }
}
