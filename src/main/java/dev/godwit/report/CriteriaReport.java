package dev.godwit.report;

import dev.godwit.evidence.CriterionState;
import dev.godwit.evidence.EvidenceJson;
import dev.godwit.evidence.ExitCriteria;
import dev.godwit.evidence.ExitCriterion;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/// The seven exit criteria of one migration, ticked, with the next step named: the document of `godwit report`.
///
/// @param met all seven are met
/// @param next the step that follows
public record CriteriaReport(String migration, List<ExitCriterion> criteria, boolean met, String next) {
    public static final String NEXT_STEP = "Step 3 · Validate and Monitor";

    public CriteriaReport {
        criteria = List.copyOf(criteria);
    }

    public static CriteriaReport of(String migration, List<ExitCriterion> criteria) {
        return new CriteriaReport(migration, criteria, ExitCriteria.allMet(criteria), NEXT_STEP);
    }

    public String json() {
        return EvidenceJson.write(this);
    }

    /// @param paint colours a line by its state; the identity where there is no colour
    public String text(BiFunction<CriterionState, String, String> paint) {
        String lines = criteria.stream()
                .map(c -> paint.apply(c.state(), mark(c.state()) + " " + c.id() + ". " + c.text()) + "\n      "
                        + c.evidence())
                .collect(Collectors.joining("\n"));
        return "Exit criteria of " + migration + "\n" + lines + "\n" + conclusion();
    }

    public String markdown() {
        String lines = criteria.stream()
                .map(c -> "- [" + (c.state() == CriterionState.MET ? "x" : " ") + "] " + c.id() + ". " + c.text() + ": "
                        + word(c.state()) + "; " + c.evidence())
                .collect(Collectors.joining("\n"));
        return "# Exit criteria of `" + migration + "`\n\n" + lines + "\n\n" + conclusion() + "\n";
    }

    private String conclusion() {
        long open =
                criteria.stream().filter(c -> c.state() != CriterionState.MET).count();
        return met ? "All seven are met. Next: " + next : open + " of 7 not met yet. Then: " + next;
    }

    private static String mark(CriterionState state) {
        return switch (state) {
            case MET -> "  ✓";
            case NOT_MET -> "  ✗";
            case UNKNOWN -> "  ?";
        };
    }

    private static String word(CriterionState state) {
        return switch (state) {
            case MET -> "met";
            case NOT_MET -> "not met";
            case UNKNOWN -> "unknown";
        };
    }
}
