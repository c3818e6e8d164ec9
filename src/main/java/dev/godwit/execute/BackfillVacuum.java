package dev.godwit.execute;

import dev.godwit.postgres.QualifiedName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Vacuums a table between two batches of its backfill, so that what comes uses the space of what was changed instead
/// of doubling the table.
///
/// VACUUM stops neither reads nor writes. It leaves the end of the table where it is, because cutting it off takes an
/// ACCESS EXCLUSIVE lock, takes no workers from traffic, and passes over a table that autovacuum is at. A role that may
/// not vacuum gets a warning from the server and nothing else; a table whose dead rows somebody's snapshot still needs
/// is tried again only when as many have died once more.
///
/// Source: PostgreSQL manual, VACUUM.
final class BackfillVacuum {
    private static final long FEWEST_DEAD = 50_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private static final String DEAD = """
            WITH RECURSIVE family AS (
              SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname = ? AND c.relname = ?
              UNION ALL
              SELECT i.inhrelid FROM family f JOIN pg_catalog.pg_inherits i ON i.inhparent = f.oid
            )
            SELECT s.schemaname AS schema, s.relname AS name, s.n_dead_tup AS dead,
              greatest(c.reltuples, 0)::bigint AS rows
            FROM family f JOIN pg_catalog.pg_class c ON c.oid = f.oid
            JOIN pg_catalog.pg_stat_all_tables s ON s.relid = f.oid
            WHERE c.relkind = 'r'""";

    private final StepScope scope;
    private final QualifiedName table;
    private final double deadShare;
    private final Map<QualifiedName, Long> leftBefore = new HashMap<>();
    private Stopwatch sinceLook = Stopwatch.start();

    private record Dead(QualifiedName table, long dead, long rows) {}

    /// @param deadShare of a table's rows, at which it is vacuumed
    BackfillVacuum(StepScope scope, QualifiedName table, double deadShare) {
        this.scope = scope;
        this.table = table;
        this.deadShare = deadShare;
    }

    /// Between two transactions.
    void whereDue() {
        if (sinceLook.elapsed().compareTo(BETWEEN_LOOKS) < 0) {
            return;
        }
        look().stream().filter(this::due).forEach(this::vacuum);
        sinceLook = Stopwatch.start();
    }

    private List<Dead> look() {
        return scope.session()
                .query(
                        DEAD,
                        row -> new Dead(
                                new QualifiedName(row.text("schema"), row.text("name")),
                                row.number("dead"),
                                row.number("rows")),
                        table.schema(),
                        table.name());
    }

    private boolean due(Dead one) {
        long newlyDead = one.dead() - leftBefore.getOrDefault(one.table(), 0L);
        return newlyDead >= Math.max(FEWEST_DEAD, (long) (deadShare * one.rows()));
    }

    private void vacuum(Dead one) {
        Stopwatch took = Stopwatch.start();
        scope.session()
                .execute("VACUUM (SKIP_LOCKED, TRUNCATE false, PARALLEL 0) "
                        + one.table().sql());
        long left = look().stream()
                .filter(after -> after.table().equals(one.table()))
                .mapToLong(Dead::dead)
                .findFirst()
                .orElse(0);
        leftBefore.put(one.table(), left);
        scope.tell(new RunEvent.Vacuumed(scope.index(), one.table().toString(), one.dead(), left, took.elapsed()));
    }
}
