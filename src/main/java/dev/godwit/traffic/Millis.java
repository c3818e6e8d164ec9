package dev.godwit.traffic;

/// Nanoseconds as people and JSON read them: milliseconds, to the microsecond.
final class Millis {
    private static final double NANOS_A_MICRO = 1e3;
    private static final double MICROS_A_MILLI = 1e3;

    private Millis() {}

    static double of(long nanos) {
        return Math.rint(nanos / NANOS_A_MICRO) / MICROS_A_MILLI;
    }
}
