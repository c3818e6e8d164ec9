package dev.godwit.traffic;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the users of the traffic felt, all latencies from the moment a request was due, in milliseconds.
///
/// @param seconds from the start of the traffic, pauses taken out
/// @param queries answered requests, the failed among them
/// @param failed requests that got an error instead of an answer
/// @param waiting requests that were due and had no answer yet when the report was made
/// @param failuresBySqlState how many failed with which SQLSTATE; `gave up` when no connection came free in time
/// @param longestStallMs the longest wait of one request, one still waiting included
/// @param phases in the order in which they were first marked
/// @param marks where each phase began; a name comes again when the phase did
/// @param slotMillis length of one slot of the time line
/// @param timeLine by the time when requests were due, without gaps, from the start
public record LatencyReport(
        double seconds,
        long queries,
        long failed,
        int waiting,
        Map<String, Long> failuresBySqlState,
        double longestStallMs,
        List<Phase> phases,
        List<Mark> marks,
        int slotMillis,
        List<Slot> timeLine) {

    /// The key of [#failuresBySqlState] for a request that never reached a connection.
    public static final String GAVE_UP = "gave up";

    public LatencyReport {
        failuresBySqlState = Map.copyOf(failuresBySqlState);
        phases = List.copyOf(phases);
        marks = List.copyOf(marks);
        timeLine = List.copyOf(timeLine);
    }

    /// The requests that were due while a phase lasted. A request that waits on into a later phase stays in the
    /// counts and percentiles of its own, and the rest of its wait counts to the longest stall of the later one.
    ///
    /// @param delayed requests that waited over 100 ms, which is where people begin to feel a wait
    /// @param p50Ms 0 when there were no queries; the same for the other percentiles
    public record Phase(
            String name,
            double seconds,
            long queries,
            long failed,
            long delayed,
            double longestStallMs,
            double p50Ms,
            double p95Ms,
            double p99Ms) {

        public double queriesPerSecond() {
            return seconds > 0 ? queries / seconds : 0;
        }
    }

    /// @param offsetMillis from the start of the traffic
    public record Mark(String phase, long offsetMillis) {}

    /// @param maxLatencyMillis the longest wait among the requests due in the slot; 0 when there were none
    /// @param count requests due in the slot, the waiting ones included
    public record Slot(long offsetMillis, double maxLatencyMillis, int count) {}

    public Optional<Phase> phase(String name) {
        return phases.stream().filter(phase -> phase.name().equals(name)).findFirst();
    }

    public double queriesPerSecond() {
        return seconds > 0 ? queries / seconds : 0;
    }
}
