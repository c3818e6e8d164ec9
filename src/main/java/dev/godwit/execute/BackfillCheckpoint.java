package dev.godwit.execute;

import dev.godwit.db.Row;
import dev.godwit.db.Session;
import java.util.List;
import java.util.stream.Stream;

/// How far a backfill has come; written in the transaction of each batch, so that it is never ahead nor behind.
///
/// @param pass how often the table was gone through in full
/// @param lastKey the name of the path, then the place on it that this pass has reached, as text; empty at its
/// beginning
/// @param scanned rows of the table that this pass has gone over
/// @param changed rows changed in all passes
/// @param batchRows the size that was found to suit
record BackfillCheckpoint(int pass, List<String> lastKey, long scanned, long changed, int batchRows) {
    BackfillCheckpoint {
        lastKey = List.copyOf(lastKey);
    }

    String path() {
        return lastKey.isEmpty() ? "" : lastKey.getFirst();
    }

    List<String> place() {
        return lastKey.isEmpty() ? List.of() : lastKey.subList(1, lastKey.size());
    }

    BackfillCheckpoint after(String path, List<String> place, long newlyScanned, long newlyChanged, int nextRows) {
        List<String> key = Stream.concat(Stream.of(path), place.stream()).toList();
        return new BackfillCheckpoint(pass, key, scanned + newlyScanned, changed + newlyChanged, nextRows);
    }

    BackfillCheckpoint afterPass(long newlyChanged) {
        return new BackfillCheckpoint(pass + 1, List.of(), 0, changed + newlyChanged, batchRows);
    }

    BackfillCheckpoint withBatchRows(int rows) {
        return new BackfillCheckpoint(pass, lastKey, scanned, changed, rows);
    }

    static void create(Session session, StepScope scope, int batchRows) {
        session.update("""
                INSERT INTO godwit.backfill (run, step_index, pass, scanned, changed, batch_rows)
                VALUES (?, ?, 0, 0, 0, ?) ON CONFLICT DO NOTHING""", scope.run().id(), scope.index(), batchRows);
    }

    /// Takes the row for this transaction; two runners cannot both be at it.
    static BackfillCheckpoint claim(StepScope scope) {
        return scope.session()
                .queryOne("""
                        SELECT pass, coalesce(last_key, '{}') AS last_key, scanned, changed, batch_rows FROM godwit.backfill
                        WHERE run = ? AND step_index = ? FOR NO KEY UPDATE""", BackfillCheckpoint::of, scope.run().id(), scope.index())
                .orElseThrow();
    }

    private static BackfillCheckpoint of(Row row) {
        return new BackfillCheckpoint(
                Math.toIntExact(row.number("pass")),
                row.texts("last_key"),
                row.number("scanned"),
                row.number("changed"),
                Math.toIntExact(row.number("batch_rows")));
    }

    void write(StepScope scope) {
        scope.session()
                .update(
                        """
                        UPDATE godwit.backfill SET pass = ?, last_key = nullif(?::text[], '{}'), scanned = ?,
                          changed = ?, batch_rows = ?, at = clock_timestamp() WHERE run = ? AND step_index = ?""",
                        pass,
                        lastKey,
                        scanned,
                        changed,
                        batchRows,
                        scope.run().id(),
                        scope.index());
    }
}
