package dev.godwit.traffic;

import java.util.function.LongSupplier;

/// Nanoseconds of traffic: time since the start with the pauses taken out. Everything in this package counts in it, so
/// a pause leaves no gap in the time line and no wait in a latency.
final class Stopwatch {
    private static final long RUNNING = -1;

    private final LongSupplier clock;
    private final long origin;
    private long held = RUNNING;
    private long skipped;

    /// @param clock like [System#nanoTime]
    Stopwatch(LongSupplier clock) {
        this.clock = clock;
        this.origin = clock.getAsLong();
    }

    synchronized long nanos() {
        return held == RUNNING ? elapsed() : held;
    }

    private long elapsed() {
        return clock.getAsLong() - origin - skipped;
    }

    synchronized void hold() {
        held = nanos();
    }

    /// @return whether it was held
    synchronized boolean release() {
        if (held == RUNNING) {
            return false;
        }
        skipped += elapsed() - held;
        held = RUNNING;
        return true;
    }
}
