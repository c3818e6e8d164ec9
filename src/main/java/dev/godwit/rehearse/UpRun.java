package dev.godwit.rehearse;

import dev.godwit.db.WaitSampler;
import dev.godwit.evidence.Evidence;
import dev.godwit.plan.Step;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ParsedStatement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/// One up under traffic, as its events and another session told of it.
record UpRun(List<Step> steps, Map<ParsedStatement, StatementTimes.Times> times, LockWaits.Seen waits) {
    private static final double NANOS_PER_MILLI = 1e6;

    UpRun {
        steps = List.copyOf(steps);
        times = Map.copyOf(times);
    }

    private record Awaited(ParsedStatement statement, QualifiedName relation) {}

    /// Joins the runs with what was observed of each statement: of durations all, of locks the longest.
    static List<Evidence.StatementMeasure> join(List<UpRun> runs, List<StatementSample> samples) {
        Map<Awaited, Double> longest = new HashMap<>();
        runs.forEach(
                run -> run.waited(samples).forEach((awaited, millis) -> longest.merge(awaited, millis, Math::max)));
        return samples.stream().map(sample -> join(runs, sample, longest)).toList();
    }

    private static Evidence.StatementMeasure join(
            List<UpRun> runs, StatementSample sample, Map<Awaited, Double> longest) {
        List<StatementTimes.Times> times = runs.stream()
                .map(run -> run.times().get(sample.statement()))
                .filter(Objects::nonNull)
                .toList();
        OptionalDouble held =
                times.stream().mapToDouble(StatementTimes.Times::heldMillis).max();
        Map<QualifiedName, Double> waited = sample.locked().stream()
                .collect(Collectors.toMap(
                        relation -> relation,
                        relation -> longest.getOrDefault(new Awaited(sample.statement(), relation), 0.0)));
        return sample.with(times.stream().map(StatementTimes.Times::tookMillis).toList(), held, waited);
    }

    /// In the queue and out of it, milliseconds.
    private Map<Awaited, Double> waited(List<StatementSample> samples) {
        Map<Awaited, Double> sums = new HashMap<>();
        for (WaitSampler.Wait<ParsedStatement> wait : waits.queued()) {
            add(sums, new Awaited(wait.label(), wait.relation()), wait.nanos());
        }
        for (LockWaits.Away away : waits.away()) {
            samples.stream()
                    .filter(sample -> asked(away, sample))
                    .findFirst()
                    .ifPresent(sample -> because(away, sample)
                            .forEach(relation -> add(sums, new Awaited(sample.statement(), relation), away.nanos())));
        }
        return sums;
    }

    private static void add(Map<Awaited, Double> sums, Awaited awaited, long nanos) {
        sums.merge(awaited, nanos / NANOS_PER_MILLI, Double::sum);
    }

    /// The statement that missed its lock; before any was sent, the step's first that needs a lock traffic waits for.
    private boolean asked(LockWaits.Away away, StatementSample sample) {
        return away.statement()
                .map(sample.statement()::equals)
                .orElseGet(() -> steps.get(away.step()).statements().contains(sample.statement())
                        && !because(away, sample).isEmpty());
    }

    /// Who stood in the way may hold a partition or an index of what is locked; then it is all that stops traffic.
    private static Set<QualifiedName> because(LockWaits.Away away, StatementSample sample) {
        Set<QualifiedName> asked =
                away.statement().isPresent() && sample.stopped().isEmpty() ? sample.locked() : sample.stopped();
        Set<QualifiedName> both =
                asked.stream().filter(away.relations()::contains).collect(Collectors.toSet());
        return both.isEmpty() ? asked : both;
    }
}
