package dev.godwit.execute;

import dev.godwit.postgres.QualifiedName;
import java.time.Duration;
import java.util.Optional;

/// How far a backfill is, and how long it will still take at the pace so far.
final class BackfillProgress {
    private static final String ESTIMATE = """
            WITH RECURSIVE family AS (
              SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname = ? AND c.relname = ?
              UNION ALL
              SELECT i.inhrelid FROM family f JOIN pg_catalog.pg_inherits i ON i.inhparent = f.oid
            )
            SELECT coalesce(sum(greatest(c.reltuples, 0)) FILTER (WHERE c.relkind <> 'p'), 0)::bigint AS rows
            FROM family f JOIN pg_catalog.pg_class c ON c.oid = f.oid""";

    /// Of the time that a batch is steered towards; what locks rows so long is felt by queries.
    private static final int SLOW = 20;

    private final StepScope scope;
    private final long total;
    private final Stopwatch since = Stopwatch.start();
    private long scannedHere;
    private long scannedBefore;
    private boolean toldSlow;

    BackfillProgress(StepScope scope, QualifiedName table) {
        this.scope = scope;
        this.total = scope.session()
                .queryOne(ESTIMATE, row -> row.number("rows"), table.schema(), table.name())
                .orElse(0L);
        this.scannedBefore = -1;
    }

    /// @return rows of the table, as the server estimates them
    long total() {
        return total;
    }

    void tell(BackfillCheckpoint reached, Duration took) {
        long rows = scannedBefore < 0 ? 0 : Math.max(0, reached.scanned() - scannedBefore);
        scannedHere += rows;
        scannedBefore = reached.scanned();
        tellSlow(reached, rows, took);
        scope.tell(new RunEvent.Backfilled(
                scope.index(),
                reached.scanned(),
                reached.changed(),
                total,
                reached.batchRows(),
                took,
                eta(Math.max(0, total - reached.scanned()))));
    }

    private void tellSlow(BackfillCheckpoint reached, long rows, Duration took) {
        BackfillPace pace = scope.context().pace();
        boolean smallest = rows > 0 && rows <= pace.smallest() && reached.batchRows() == pace.smallest();
        if (!toldSlow && smallest && took.compareTo(pace.batchTime().multipliedBy(SLOW)) > 0) {
            toldSlow = true;
            scope.tell(new RunEvent.BackfillSlow(scope.index(), rows, took));
        }
    }

    private Optional<Duration> eta(long left) {
        return scannedHere == 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) ((double) since.elapsed().toMillis() * left / scannedHere)));
    }
}
