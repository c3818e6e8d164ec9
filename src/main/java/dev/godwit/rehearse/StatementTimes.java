package dev.godwit.rehearse;

import dev.godwit.execute.RunEvent;
import dev.godwit.execute.RunListener;
import dev.godwit.plan.Step;
import dev.godwit.statement.ParsedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How long each statement of a run took and how long its locks were held, from the run's own events: nothing is asked
/// of the server, so what the traffic feels meanwhile is the migration and not its observer.
final class StatementTimes implements RunListener {
    private static final double NANOS_PER_MILLI = 1e6;

    private final List<Step> steps;
    private final RunListener listener;
    private final Map<ParsedStatement, Times> times = new LinkedHashMap<>();
    private final List<ParsedStatement> openStep = new ArrayList<>();

    /// @param heldMillis from the statement's start to the end of its transaction
    record Times(double tookMillis, double heldMillis, long startNanos) {}

    StatementTimes(List<Step> steps, RunListener listener) {
        this.steps = List.copyOf(steps);
        this.listener = listener;
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.StatementFinished finished) {
            finished(finished.statement(), finished.took());
        } else if (event instanceof RunEvent.StepFinished step) {
            release(step);
        }
        listener.on(event);
    }

    private void finished(ParsedStatement statement, Duration took) {
        times.put(statement, new Times(millis(took.toNanos()), 0, System.nanoTime() - took.toNanos()));
        openStep.add(statement);
    }

    private void release(RunEvent.StepFinished event) {
        long now = System.nanoTime();
        openStep.forEach(statement -> times.computeIfPresent(
                statement, (_, t) -> new Times(t.tookMillis(), millis(now - t.startNanos()), t.startNanos())));
        openStep.clear();
        if (steps.get(event.step()) instanceof Step.Backfill backfill) {
            double took = millis(event.took().toNanos());
            times.put(
                    backfill.statement(), new Times(took, 0, now - event.took().toNanos()));
        }
    }

    private static double millis(long nanos) {
        return nanos / NANOS_PER_MILLI;
    }

    /// @return by statement; one that was skipped is not in it
    Map<ParsedStatement, Times> times() {
        return Map.copyOf(times);
    }
}
