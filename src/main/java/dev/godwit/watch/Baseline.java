package dev.godwit.watch;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// What is normal: a window measured before the migration, and all that the server's counters hold. Shares and levels
/// are compared with the measured window, since the load of now is the fairer comparison; rare events with the longer
/// history, since a window shows none of them.
///
/// A record of plain values: it can be written to JSON and used for a later watch.
public record Baseline(Window measured, Window history) {
    public Baseline {
        requireNonNull(measured);
        requireNonNull(history);
    }

    /// Measures now.
    public static Baseline measure(Watch watch, Duration duration, Watch.Progress progress) {
        return watch.baseline(duration, progress);
    }

    /// @return whether there is a measured window; otherwise only the history says what is normal
    public boolean wasMeasured() {
        return measured.readings() > 0;
    }
}
