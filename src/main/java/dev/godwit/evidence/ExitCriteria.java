package dev.godwit.evidence;

import static dev.godwit.evidence.CriterionState.UNKNOWN;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The seven exit criteria, a pure function of the migration's files, its evidence and its journal.
public final class ExitCriteria {
    /// Over this the runbook must carry the time; see `product.md`, numbers with a meaning.
    public static final double RUNBOOK_THRESHOLD_MS = 10_000;

    private static final long FIVE_MINUTES = 300;
    private static final int REASONS_OF_A_PASS = 2;

    private ExitCriteria() {}

    /// @param hasDown the migration has a written down
    /// @param evidence absent when it was never rehearsed, or when the rehearsal was of another text
    /// @param runbookHasTiming absent when there is no runbook
    public static List<ExitCriterion> of(
            boolean hasDown, Optional<Evidence> evidence, Optional<Boolean> runbookHasTiming, Journal journal) {
        return List.of(
                new ExitCriterion(
                        1,
                        "Migration file written with both up and down",
                        CriterionState.of(hasDown),
                        hasDown ? "both directions are in the project" : "the down is missing"),
                staged(evidence),
                timed(evidence, runbookHasTiming),
                rollback(evidence),
                applied(evidence, journal),
                verified(journal),
                watched(journal));
    }

    public static Map<String, CriterionState> states(List<ExitCriterion> criteria) {
        Map<String, CriterionState> states = new TreeMap<>();
        criteria.forEach(criterion -> states.put(String.valueOf(criterion.id()), criterion.state()));
        return states;
    }

    public static boolean allMet(List<ExitCriterion> criteria) {
        return criteria.stream().allMatch(criterion -> criterion.state() == CriterionState.MET);
    }

    private static ExitCriterion staged(Optional<Evidence> evidence) {
        String text = "Migration tested on staging with production-scale data";
        return evidence.map(e -> new ExitCriterion(2, text, CriterionState.of(productionScale(e)), stagedLine(e)))
                .orElseGet(() -> new ExitCriterion(2, text, UNKNOWN, "not rehearsed; run godwit rehearse"));
    }

    private static boolean productionScale(Evidence e) {
        return e.verdict() == Verdict.PASS && e.staging().scale() >= 1.0;
    }

    private static String stagedLine(Evidence e) {
        return String.format(
                Locale.ROOT,
                "rehearsed on PostgreSQL %s, %,d rows (%s, scale %.2f), longest stall %,.0f ms: %s",
                e.postgres(),
                e.staging().rows(),
                e.staging().mode(),
                e.staging().scale(),
                e.traffic().longestStallMs(),
                e.verdict() == Verdict.PASS ? "pass" : String.join("; ", e.reasons()));
    }

    private static ExitCriterion timed(Optional<Evidence> evidence, Optional<Boolean> runbookHasTiming) {
        String text = "Timing confirmed; the runbook is updated if it takes over 10 seconds";
        if (evidence.isEmpty()) {
            return new ExitCriterion(3, text, UNKNOWN, "not rehearsed, so no time is known");
        }
        double millis = evidence.get().upDurationMs();
        boolean noted = runbookHasTiming.orElse(false);
        String took = String.format(Locale.ROOT, "%,.1f s on staging", millis / 1000);
        if (millis <= RUNBOOK_THRESHOLD_MS) {
            return new ExitCriterion(3, text, CriterionState.MET, took);
        }
        return new ExitCriterion(
                3, text, CriterionState.of(noted), took + (noted ? ", in the runbook" : ", not in the runbook"));
    }

    private static ExitCriterion rollback(Optional<Evidence> evidence) {
        String text = "Rollback plan documented and tested";
        return evidence.map(e -> new ExitCriterion(
                        4, text, CriterionState.of(e.rollback().proved()), rollbackLine(e.rollback())))
                .orElseGet(() -> new ExitCriterion(4, text, UNKNOWN, "not rehearsed, so the rollback is unproved"));
    }

    private static String rollbackLine(Evidence.Rollback rollback) {
        if (rollback.proved()) {
            return String.format(
                    Locale.ROOT,
                    "down took %,.0f ms, schema restored, rows preserved, applied again",
                    rollback.durationMs());
        }
        if (!rollback.tried()) {
            return "no rollback was tried";
        }
        return "schema restored: " + rollback.schemaRestored() + ", rows preserved: " + rollback.rowsPreserved()
                + ", applied again: " + rollback.reapplied()
                + (rollback.lost().isEmpty() ? "" : ", lost: " + String.join(", ", rollback.lost()));
    }

    private static ExitCriterion applied(Optional<Evidence> evidence, Journal journal) {
        String text = "Migration applied to production";
        if (journal.rolledBack().isPresent()) {
            return new ExitCriterion(5, text, CriterionState.NOT_MET, "applied, then rolled back");
        }
        return journal.applied()
                .map(a -> new ExitCriterion(
                        5,
                        text,
                        CriterionState.of(
                                evidence.isEmpty() || evidence.get().digest().equals(a.digest())),
                        "applied at " + a.finishedAt() + " by " + a.role()))
                .orElseGet(() -> new ExitCriterion(5, text, CriterionState.NOT_MET, "not applied"));
    }

    private static ExitCriterion verified(Journal journal) {
        String text = "The framework's status confirms that it was applied cleanly";
        return journal.verified()
                .map(v -> new ExitCriterion(
                        6,
                        text,
                        CriterionState.of(v.clean()),
                        v.remarks().isEmpty() ? "the version table names it" : String.join("; ", v.remarks())))
                .orElseGet(() -> new ExitCriterion(6, text, UNKNOWN, "not verified; run godwit status"));
    }

    private static ExitCriterion watched(Journal journal) {
        return journal.watched()
                .map(w -> new ExitCriterion(7, watchText(w.requiredSeconds()), watchedState(w), watchedLine(w)))
                .orElseGet(
                        () -> new ExitCriterion(7, watchText(FIVE_MINUTES), UNKNOWN, "not watched; run godwit watch"));
    }

    private static String watchText(long seconds) {
        String time = seconds == FIVE_MINUTES ? "5 minutes" : seconds + " seconds (5 minutes by default)";
        return "No error spikes in monitoring for " + time + " after the migration";
    }

    private static CriterionState watchedState(Journal.Watched watched) {
        return switch (watched.verdict()) {
            case PASS ->
                watched.watchedSeconds() >= watched.requiredSeconds() ? CriterionState.MET : CriterionState.UNKNOWN;
            case FAIL -> CriterionState.NOT_MET;
            case INCONCLUSIVE -> UNKNOWN;
        };
    }

    /// All reasons when it is not a pass; of a pass the first, which say what was seen.
    private static String watchedLine(Journal.Watched watched) {
        String seconds = "watched " + watched.watchedSeconds() + " s of " + watched.requiredSeconds() + " s";
        int shown = watched.verdict() == Verdict.PASS ? REASONS_OF_A_PASS : Integer.MAX_VALUE;
        String reasons = watched.reasons().stream().limit(shown).collect(Collectors.joining("; "));
        return reasons.isEmpty() ? seconds : seconds + ": " + reasons;
    }
}
