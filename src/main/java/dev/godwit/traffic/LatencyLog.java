package dev.godwit.traffic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Every answer of the traffic, by phase and by time. Guarded by its own monitor; one entry costs well under a
/// microsecond, so the connections do not wait for each other here.
final class LatencyLog {
    private final List<Segment> segments = new ArrayList<>();
    private final Map<String, PhaseLog> phases = new LinkedHashMap<>();
    private final Map<String, Long> failures = new TreeMap<>();
    private TimeLine timeLine = new TimeLine();

    /// One stretch of a phase; a phase that is marked twice has two.
    private record Segment(long startNanos, PhaseLog phase) {}

    LatencyLog(String firstPhase) {
        mark(firstPhase, 0);
    }

    private LatencyLog(LatencyLog other) {
        other.phases.forEach((name, phase) -> phases.put(name, phase.copy()));
        other.segments.forEach(segment -> segments.add(
                new Segment(segment.startNanos(), phaseNamed(segment.phase().name()))));
        failures.putAll(other.failures);
        timeLine = other.timeLine.copy();
    }

    synchronized void mark(String phase, long nowNanos) {
        segments.add(new Segment(nowNanos, phaseNamed(phase)));
    }

    private PhaseLog phaseNamed(String name) {
        return phases.computeIfAbsent(name, PhaseLog::new);
    }

    /// @param failure a SQLSTATE, or [LatencyReport#GAVE_UP]; empty when the request got what it asked for
    synchronized void answered(long dueNanos, long nowNanos, Optional<String> failure) {
        failure.ifPresent(kind -> failures.merge(kind, 1L, Long::sum));
        long latency = Math.max(0, nowNanos - dueNanos);
        int segment = segmentAt(dueNanos);
        segments.get(segment).phase().answered(latency, failure.isPresent());
        waitedOn(segment, nowNanos);
        timeLine.add(dueNanos, latency);
    }

    private int segmentAt(long dueNanos) {
        int index = segments.size() - 1;
        while (index > 0 && segments.get(index).startNanos() > dueNanos) {
            index--;
        }
        return index;
    }

    /// What a request from an earlier segment still had to wait counts to the later ones.
    private void waitedOn(int segment, long nowNanos) {
        for (Segment later : segments.subList(segment + 1, segments.size())) {
            later.phase().waited(nowNanos - later.startNanos());
        }
    }

    private void stillWaiting(long dueNanos, long nowNanos) {
        long latency = Math.max(0, nowNanos - dueNanos);
        int segment = segmentAt(dueNanos);
        segments.get(segment).phase().waited(latency);
        waitedOn(segment, nowNanos);
        timeLine.add(dueNanos, latency);
    }

    /// @param waitingSince when each request without an answer was due, read before this call: one that is answered in
    ///     between is counted as answered and as waiting, never as neither
    LatencyReport report(long nowNanos, long[] waitingSince) {
        LatencyLog copy = copy();
        for (long due : waitingSince) {
            copy.stillWaiting(due, nowNanos);
        }
        return copy.build(nowNanos, waitingSince.length);
    }

    private synchronized LatencyLog copy() {
        return new LatencyLog(this);
    }

    private LatencyReport build(long nowNanos, int waiting) {
        List<LatencyReport.Phase> reports = phases.values().stream()
                .map(phase -> phase.report(lasted(phase, nowNanos)))
                .toList();
        return new LatencyReport(
                Millis.of(nowNanos) / 1e3,
                reports.stream().mapToLong(LatencyReport.Phase::queries).sum(),
                reports.stream().mapToLong(LatencyReport.Phase::failed).sum(),
                waiting,
                failures,
                reports.stream()
                        .mapToDouble(LatencyReport.Phase::longestStallMs)
                        .max()
                        .orElse(0),
                reports,
                segments.stream().map(LatencyLog::markOf).toList(),
                timeLine.slotMillis(),
                timeLine.slots());
    }

    private static LatencyReport.Mark markOf(Segment segment) {
        return new LatencyReport.Mark(segment.phase().name(), TimeUnit.NANOSECONDS.toMillis(segment.startNanos()));
    }

    private long lasted(PhaseLog phase, long nowNanos) {
        long sum = 0;
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).phase().equals(phase)) {
                long end = i + 1 < segments.size() ? segments.get(i + 1).startNanos() : nowNanos;
                sum += Math.max(0, end - segments.get(i).startNanos());
            }
        }
        return sum;
    }
}
