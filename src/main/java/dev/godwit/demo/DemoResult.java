package dev.godwit.demo;

import dev.godwit.evidence.CriterionState;
import dev.godwit.evidence.ExitCriterion;
import dev.godwit.evidence.Verdict;
import dev.godwit.report.CriteriaReport;
import dev.godwit.traffic.LatencyReport;
import java.util.List;

/// What the demo ends with: the document of `demo --format json`.
///
/// @param naive the migration as it is usually written, rehearsed and refused
/// @param safe the same change in phases; its stall is the longest of all its rehearsals and of its application
/// @param traffic the live traffic on production, from its first query to its last
/// @param rowsLost orders that were confirmed to a user and are not in the database
/// @param criteria of the safe form
public record DemoResult(
        Form naive, Form safe, Traffic traffic, long rowsLost, List<Criterion> criteria, double seconds) {
    public DemoResult {
        criteria = List.copyOf(criteria);
    }

    public record Form(double longestStallMs, Verdict verdict) {}

    public record Traffic(long queries, long failed) {}

    public record Criterion(int id, CriterionState state) {
        static Criterion of(ExitCriterion criterion) {
            return new Criterion(criterion.id(), criterion.state());
        }
    }

    /// What the stages of the demo hand to its ending.
    ///
    /// @param naiveFelt what the naive form's users would have felt, on staging
    record Story(Form naive, Form safe, List<Criterion> criteria, LatencyReport naiveFelt, CriteriaReport report) {
        Story {
            criteria = List.copyOf(criteria);
        }
    }

    /// @return the promise was kept: the naive form refused, the safe one through, nobody turned away, nothing lost
    public boolean kept() {
        return naive.verdict() == Verdict.FAIL
                && safe.verdict() == Verdict.PASS
                && traffic.failed() == 0
                && rowsLost == 0
                && criteria.stream().allMatch(c -> c.state() == CriterionState.MET);
    }
}
