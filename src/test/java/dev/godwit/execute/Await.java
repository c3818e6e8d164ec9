package dev.godwit.execute;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for a condition, not for a time.
final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Await() {}

    static void until(BooleanSupplier condition) {
        until(PATIENCE, condition);
    }

    static void until(Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not come true within " + patience);
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
