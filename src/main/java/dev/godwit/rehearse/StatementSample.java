package dev.godwit.rehearse;

import dev.godwit.evidence.Evidence;
import dev.godwit.evidence.Spread;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ParsedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// One statement as its own session saw it in the observed run.
///
/// @param batch of a backfill, whose locks are those of one batch
record StatementSample(
        ParsedStatement statement,
        double millis,
        boolean batch,
        List<Held> locks,
        Set<QualifiedName> rewrites,
        long walBytes) {
    StatementSample {
        locks = List.copyOf(locks);
        rewrites = Set.copyOf(rewrites);
    }

    /// @param millis how long it was held
    /// @param waited how long it was waited for
    /// @param toEnd until its transaction ended, which in the run under traffic was at another time
    record Held(QualifiedName relation, LockMode mode, double millis, double waited, boolean toEnd) {}

    /// Joins what was observed with the times that the run under traffic took.
    Evidence.StatementMeasure with(Optional<StatementTimes.Times> underTraffic) {
        List<Double> took = new ArrayList<>(List.of(millis));
        underTraffic.ifPresent(times -> took.add(times.tookMillis()));
        return new Evidence.StatementMeasure(
                statement.sql(),
                Spread.of(took),
                strongest(underTraffic),
                rewrites.stream().sorted().map(QualifiedName::toString).toList(),
                walBytes);
    }

    /// On each relation the strongest mode: it is what others wait for.
    private List<Evidence.Lock> strongest(Optional<StatementTimes.Times> underTraffic) {
        Map<QualifiedName, Held> byRelation = new TreeMap<>();
        locks.forEach(held -> byRelation.merge(held.relation(), held, StatementSample::stronger));
        List<Evidence.Lock> found = new ArrayList<>();
        byRelation.forEach((relation, held) -> found.add(new Evidence.Lock(
                relation.toString(),
                held.mode().sql(),
                tenths(heldMillis(held, underTraffic)),
                tenths(held.waited()))));
        return found;
    }

    private double heldMillis(Held held, Optional<StatementTimes.Times> underTraffic) {
        return held.toEnd() && !batch
                ? underTraffic.map(StatementTimes.Times::heldMillis).orElse(held.millis())
                : held.millis();
    }

    private static Held stronger(Held one, Held other) {
        if (one.mode() == other.mode()) {
            return one.millis() >= other.millis() ? one : other;
        }
        return one.mode().strongerThan(other.mode()) ? one : other;
    }

    private static double tenths(double millis) {
        return Math.round(millis * 10) / 10.0;
    }
}
