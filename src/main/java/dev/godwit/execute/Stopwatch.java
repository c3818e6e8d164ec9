package dev.godwit.execute;

import java.time.Duration;

/// Time since a moment, by a clock that never jumps.
record Stopwatch(long startNanos) {
    static Stopwatch start() {
        return new Stopwatch(System.nanoTime());
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
