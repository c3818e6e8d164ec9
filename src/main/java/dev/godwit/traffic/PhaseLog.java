package dev.godwit.traffic;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// The requests of one phase. Three significant digits of microseconds; the histogram grows with the longest wait, so
/// that nothing is cut off.
final class PhaseLog {
    private static final long DELAYED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int SIGNIFICANT_DIGITS = 3;

    private final String name;
    private final Histogram micros;
    private long failed;
    private long delayed;
    private long longestNanos;

    PhaseLog(String name) {
        this.name = name;
        this.micros = new Histogram(SIGNIFICANT_DIGITS);
    }

    private PhaseLog(PhaseLog other) {
        this.name = other.name;
        this.micros = other.micros.copy();
        this.failed = other.failed;
        this.delayed = other.delayed;
        this.longestNanos = other.longestNanos;
    }

    PhaseLog copy() {
        return new PhaseLog(this);
    }

    void answered(long latencyNanos, boolean asFailure) {
        micros.recordValue(TimeUnit.NANOSECONDS.toMicros(latencyNanos));
        failed += asFailure ? 1 : 0;
        delayed += latencyNanos > DELAYED_NANOS ? 1 : 0;
        waited(latencyNanos);
    }

    void waited(long nanos) {
        longestNanos = Math.max(longestNanos, nanos);
    }

    String name() {
        return name;
    }

    LatencyReport.Phase report(long lastedNanos) {
        return new LatencyReport.Phase(
                name,
                Millis.of(lastedNanos) / 1e3,
                micros.getTotalCount(),
                failed,
                delayed,
                Millis.of(longestNanos),
                at(50),
                at(95),
                at(99));
    }

    private double at(double percentile) {
        return micros.getTotalCount() == 0
                ? 0
                : Millis.of(TimeUnit.MICROSECONDS.toNanos(micros.getValueAtPercentile(percentile)));
    }
}
