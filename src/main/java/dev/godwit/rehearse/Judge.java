package dev.godwit.rehearse;

import dev.godwit.evidence.Evidence;
import dev.godwit.evidence.Verdict;
import dev.godwit.postgres.LockMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Turns an observation into a verdict, its reasons, and a risk level. Pure.
final class Judge {
    private final Observation seen;
    private final Duration stallBudget;
    private final Duration warnAfter;
    private final boolean repeats;

    /// @param warnAfter over this on staging a person is told
    /// @param repeats whether the migration goes back by its former text: its down does not restore the
    ///     schema then
    Judge(Observation seen, Duration stallBudget, Duration warnAfter, boolean repeats) {
        this.seen = seen;
        this.stallBudget = stallBudget;
        this.warnAfter = warnAfter;
        this.repeats = repeats;
    }

    Verdict verdict() {
        return reasons().isEmpty() ? Verdict.PASS : Verdict.FAIL;
    }

    /// @return why it does not pass; empty when it does
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        stall().ifPresent(reasons::add);
        failures().ifPresent(reasons::add);
        rollback().ifPresent(reasons::add);
        if (seen.traffic().queries() == 0) {
            reasons.add("no traffic ran, so no stall was measured");
        }
        return reasons;
    }

    private Optional<String> stall() {
        double longest = seen.traffic().longestStallMs();
        if (longest <= stallBudget.toMillis()) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "traffic stalled for %,.0f ms, over the budget of %,d ms%s",
                longest,
                stallBudget.toMillis(),
                strongest().map(lock -> ": " + lock).orElse("")));
    }

    private Optional<String> strongest() {
        return seen.statements().stream()
                .flatMap(statement -> statement.locks().stream())
                .filter(lock -> mode(lock).blocks().compareTo(LockMode.Blocks.WRITES) >= 0)
                .max(Comparator.comparingDouble(Evidence.Lock::heldMs))
                .map(lock -> String.format(
                        Locale.ROOT,
                        "%s on %s held for %,.0f ms blocks %s",
                        lock.mode(),
                        lock.relation(),
                        lock.heldMs(),
                        plain(mode(lock).blocks())));
    }

    private Optional<String> failures() {
        if (seen.failures().isEmpty()) {
            return Optional.empty();
        }
        String states = seen.failures().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> e.getValue() + " × " + e.getKey())
                .collect(Collectors.joining(", "));
        return Optional.of("queries of today's application failed while it ran or after it: SQLSTATE " + states);
    }

    private Optional<String> rollback() {
        Evidence.Rollback rollback = seen.rollback();
        if (!rollback.tried()) {
            return Optional.of("no down is known, so the rollback is not proved");
        }
        List<String> broken = new ArrayList<>();
        if (!rollback.schemaRestored() && !repeats) {
            broken.add("the down did not restore the schema");
        }
        if (!rollback.rowsPreserved()) {
            broken.add("the down lost rows or values: " + String.join(", ", rollback.lost()));
        }
        if (!rollback.reapplied()) {
            broken.add("the up did not succeed a second time after the down");
        }
        return broken.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", broken));
    }

    Evidence.Risk risk() {
        List<String> reasons = new ArrayList<>(reasons());
        if (!reasons.isEmpty()) {
            return new Evidence.Risk(Evidence.Level.HIGH, reasons);
        }
        seen.statements().stream()
                .filter(s -> !s.rewrites().isEmpty())
                .forEach(s -> reasons.add("rewrites " + String.join(", ", s.rewrites())));
        seen.statements().stream()
                .flatMap(s -> s.locks().stream())
                .filter(lock -> mode(lock) == LockMode.ACCESS_EXCLUSIVE)
                .map(lock -> "a brief ACCESS EXCLUSIVE on " + lock.relation())
                .distinct()
                .forEach(reasons::add);
        if (total() > warnAfter.toMillis()) {
            reasons.add(String.format(Locale.ROOT, "takes %,.1f s", total() / 1_000));
        }
        return reasons.isEmpty()
                ? new Evidence.Risk(Evidence.Level.LOW, List.of("no strong lock on an existing relation, no rewrite"))
                : new Evidence.Risk(Evidence.Level.MEDIUM, reasons);
    }

    /// From the fastest run less a fifth to the slowest and half again, scaled to production's rows: other hardware and
    /// a colder cache are not seen on staging.
    Evidence.Forecast forecast(double scale) {
        double low =
                seen.upMillis().stream().mapToDouble(Double::doubleValue).min().orElse(0) * 0.8 / scale;
        double high =
                seen.upMillis().stream().mapToDouble(Double::doubleValue).max().orElse(0) * 1.5 / scale;
        return new Evidence.Forecast(new Evidence.Range((long) low, (long) Math.ceil(high)));
    }

    private double total() {
        return seen.upMillis().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    private static LockMode mode(Evidence.Lock lock) {
        return Arrays.stream(LockMode.values())
                .filter(mode -> mode.sql().equals(lock.mode()))
                .findFirst()
                .orElseThrow();
    }

    private static String plain(LockMode.Blocks blocks) {
        return switch (blocks) {
            case NOTHING -> "nothing";
            case SCHEMA_CHANGES -> "schema changes";
            case WRITES -> "writes";
            case READS_AND_WRITES -> "reads and writes";
        };
    }
}
