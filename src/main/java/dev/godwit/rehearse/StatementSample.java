package dev.godwit.rehearse;

import dev.godwit.evidence.Evidence;
import dev.godwit.evidence.Spread;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ParsedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

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

    /// Joins what was observed with what the runs under traffic felt.
    ///
    /// @param took in each of them; the observed time counts only when there is none
    /// @param longestHeld to the end of the transaction, in the run in which it took longest
    /// @param waited by relation, in the run in which it was longest
    Evidence.StatementMeasure with(List<Double> took, OptionalDouble longestHeld, Map<QualifiedName, Double> waited) {
        return new Evidence.StatementMeasure(
                statement.sql(),
                Spread.of(took.isEmpty() ? List.of(millis) : took),
                strongest(longestHeld, waited),
                rewrites.stream().sorted().map(QualifiedName::toString).toList(),
                walBytes);
    }

    /// On each relation the strongest mode: it is what others wait for.
    private List<Evidence.Lock> strongest(OptionalDouble longestHeld, Map<QualifiedName, Double> waited) {
        Map<QualifiedName, Held> byRelation = new TreeMap<>();
        locks.forEach(held -> byRelation.merge(held.relation(), held, StatementSample::stronger));
        List<Evidence.Lock> found = new ArrayList<>();
        byRelation.forEach((relation, held) -> found.add(new Evidence.Lock(
                relation.toString(),
                held.mode().sql(),
                tenths(held.toEnd() && !batch ? longestHeld.orElse(held.millis()) : held.millis()),
                tenths(Math.max(held.waited(), waited.getOrDefault(relation, 0.0))))));
        return found;
    }

    /// @return relations on which it needs a lock that traffic waits for
    Set<QualifiedName> stopped() {
        return locks.stream()
                .filter(held -> held.mode().blocks().compareTo(LockMode.Blocks.WRITES) >= 0)
                .map(Held::relation)
                .collect(Collectors.toSet());
    }

    Set<QualifiedName> locked() {
        return locks.stream().map(Held::relation).collect(Collectors.toSet());
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
