package dev.godwit.throttle.signal;

import com.google.auto.service.AutoService;
import dev.godwit.db.Row;
import dev.godwit.db.Session;
import dev.godwit.throttle.LimitText;
import dev.godwit.throttle.LongWork;
import dev.godwit.throttle.Reading;
import dev.godwit.throttle.ThrottleSignal;
import java.util.Optional;

/// Whether autovacuum, or somebody's VACUUM, is at the table or at a partition of it: it frees the space that the work
/// needs, and both want the same disk. Which table it is at is seen by its lock, which every login may.
///
/// Source: PostgreSQL manual, section 27.4.5, `pg_stat_progress_vacuum`.
@AutoService(ThrottleSignal.class)
public final class VacuumAtWork implements ThrottleSignal {
    private static final String WORKING = Family.OF_TABLE + """
            SELECT f.oid::regclass::text AS relation,
              round(100.0 * v.heap_blks_scanned / nullif(v.heap_blks_total, 0))::text AS done
            FROM family f JOIN pg_catalog.pg_locks l ON l.relation = f.oid
            JOIN pg_catalog.pg_stat_progress_vacuum v ON v.pid = l.pid
            WHERE l.locktype = 'relation' AND l.granted AND l.mode = 'ShareUpdateExclusiveLock'
              AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()) LIMIT 1""";

    @Override
    public String id() {
        return "autovacuum";
    }

    @Override
    public String example() {
        return "on";
    }

    @Override
    public Optional<String> standard() {
        return Optional.of("on");
    }

    @Override
    public Limited limited(String limit) {
        LimitText.on(limit);
        return work -> session -> look(session, work);
    }

    private static Optional<Reading> look(Session session, LongWork work) {
        return session.queryOne(
                WORKING,
                VacuumAtWork::reading,
                work.table().schema(),
                work.table().name());
    }

    private static Reading reading(Row row) {
        String done = row.textOrNull("done");
        return new Reading("vacuum of " + row.text("relation"), done == null ? "begun" : done + " %", "<", "100 %");
    }
}
