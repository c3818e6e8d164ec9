package dev.godwit.execute;

import java.time.Duration;

/// How large a batch may grow or shrink.
///
/// A row that a batch has changed is locked until the batch commits, so the time of a batch is the longest that a query
/// of traffic waits for it. Much smaller is not gentler: each commit flushes the log, and a batch of 1,000 stalled
/// clients longer than one of 10,000 (measured, 10 million rows: 173 ms against 79 ms).
///
/// @param batchTime what a batch is steered towards
/// @param smallest fewest rows in a batch
/// @param largest most rows in a batch
/// @param lockTimeout how long a batch waits for a row that somebody else has locked
/// @param passes how often the table is gone through for rows that still match
public record BackfillPace(Duration batchTime, int smallest, int largest, Duration lockTimeout, int passes) {
    public static final BackfillPace DEFAULT =
            new BackfillPace(Duration.ofMillis(30), 100, 50_000, Duration.ofMillis(50), 5);

    public BackfillPace {
        if (smallest < 1 || largest < smallest) {
            throw new IllegalArgumentException("a batch is of " + smallest + " to " + largest + " rows");
        }
    }

    /// @param took how long a batch of so many rows took
    /// @return the size of the next one; half as much again at most, a tenth at least, so that it grows slowly and
    ///     shrinks at once
    int next(int rows, Duration took) {
        double wanted = (double) batchTime.toNanos() / Math.max(1, took.toNanos());
        return bounded((int) Math.round(rows * Math.clamp(wanted, 0.1, 1.5)));
    }

    int bounded(int rows) {
        return Math.clamp(rows, smallest, largest);
    }
}
