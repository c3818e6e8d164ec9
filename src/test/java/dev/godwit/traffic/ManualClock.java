package dev.godwit.traffic;

import java.time.Duration;
import java.util.function.LongSupplier;

/// A clock that a test moves.
final class ManualClock implements LongSupplier {
    private long now = 17;

    @Override
    public long getAsLong() {
        return now;
    }

    void advance(Duration by) {
        now += by.toNanos();
    }
}
