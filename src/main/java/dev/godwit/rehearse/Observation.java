package dev.godwit.rehearse;

import dev.godwit.evidence.Evidence;
import java.util.List;
import java.util.Map;

/// What one rehearsal saw, before anyone judges it.
///
/// @param upMillis how long the whole up took, each time it ran
/// @param failures the traffic's failed queries by SQLSTATE
record Observation(
        List<Evidence.StatementMeasure> statements,
        List<Double> upMillis,
        Evidence.Traffic traffic,
        Map<String, Long> failures,
        Evidence.Rollback rollback) {
    Observation {
        statements = List.copyOf(statements);
        upMillis = List.copyOf(upMillis);
        failures = Map.copyOf(failures);
    }
}
