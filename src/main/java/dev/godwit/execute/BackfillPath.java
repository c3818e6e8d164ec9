package dev.godwit.execute;

import java.time.Duration;
import java.util.List;

/// The order in which a backfill goes through a table.
sealed interface BackfillPath permits BackfillKey, BackfillRounds, BackfillBlocks {
    /// @return what a checkpoint remembers, so that its place is never taken for one on another path
    String name();

    /// @param above where the range begins, as `next` gave it; empty for the beginning of the table
    /// @param upTo where it ends; empty for the end of the pass
    /// @return a condition on the rows of the table
    String range(String correlation, List<String> above, List<String> upTo);

    /// @return a query for where the next batch ends, in its column `key`; no row when this batch is the pass's last
    String next(BatchText text, List<String> above, int rows);

    /// @param asked how many the batch may have
    /// @return how many rows of the table, about, the batch goes over
    default int rows(List<String> above, List<String> upTo, int asked) {
        return asked;
    }

    /// @return the share of dead rows at which a VACUUM is due, so that later batches find room
    default double deadShare() {
        return 0.2;
    }

    /// @param asked how many the batch could have
    /// @param took how long it took
    /// @return how many the next one may have
    default int nextRows(BackfillPace pace, List<String> above, List<String> upTo, int asked, Duration took) {
        return pace.next(asked, took);
    }
}
