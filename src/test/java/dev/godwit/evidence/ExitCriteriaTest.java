package dev.godwit.evidence;

import static dev.godwit.evidence.CriterionState.MET;
import static dev.godwit.evidence.CriterionState.NOT_MET;
import static dev.godwit.evidence.CriterionState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExitCriteriaTest {
    private static final Journal NOTHING_HAPPENED = Journal.empty("1_a");

    @Test
    void nothingKnownIsNeverMet() {
        List<ExitCriterion> criteria = ExitCriteria.of(true, Optional.empty(), Optional.empty(), NOTHING_HAPPENED);
        assertThat(criteria)
                .extracting(ExitCriterion::state)
                .containsExactly(MET, UNKNOWN, UNKNOWN, UNKNOWN, NOT_MET, UNKNOWN, UNKNOWN);
        assertThat(ExitCriteria.allMet(criteria)).isFalse();
    }

    @Test
    void allSevenAreMetByAPassedRehearsalAndACleanApplication() {
        assertThat(ExitCriteria.allMet(
                        ExitCriteria.of(true, Optional.of(evidence(800, true)), Optional.of(true), applied(300))))
                .isTrue();
    }

    @Test
    void overTenSecondsTheRunbookMustCarryTheTime() {
        Evidence slow = evidence(12_000, true);
        assertThat(state(3, slow, Optional.of(false))).isEqualTo(NOT_MET);
        assertThat(state(3, slow, Optional.empty())).isEqualTo(NOT_MET);
        assertThat(state(3, slow, Optional.of(true))).isEqualTo(MET);
    }

    @Test
    void anUnprovedRollbackIsNotMet() {
        assertThat(state(4, evidence(5, false), Optional.empty())).isEqualTo(NOT_MET);
    }

    @Test
    void aWatchCutShortIsUnknown() {
        List<ExitCriterion> criteria =
                ExitCriteria.of(true, Optional.of(evidence(5, true)), Optional.empty(), applied(40));
        assertThat(criteria.get(6).state()).isEqualTo(UNKNOWN);
    }

    @Test
    void aLaterRollbackTakesTheApplicationBack() {
        Journal journal = applied(300).with(new Journal.RolledBack(Instant.EPOCH, "ann"));
        List<ExitCriterion> criteria = ExitCriteria.of(true, Optional.of(evidence(5, true)), Optional.empty(), journal);
        assertThat(criteria.get(4).state()).isEqualTo(NOT_MET);
    }

    @Test
    void evidenceSurvivesItsFile() {
        Evidence evidence = evidence(812, true);
        assertThat(EvidenceJson.read(EvidenceJson.write(evidence))).isEqualTo(evidence);
        assertThat(EvidenceJson.write(evidence)).contains("\"verdict\" : \"pass\"", "\"1\" : \"met\"");
    }

    private static CriterionState state(int id, Evidence evidence, Optional<Boolean> runbook) {
        return ExitCriteria.of(true, Optional.of(evidence), runbook, NOTHING_HAPPENED)
                .get(id - 1)
                .state();
    }

    private static Journal applied(long watchedSeconds) {
        return NOTHING_HAPPENED
                .with(new Journal.Applied("sha256:d", Instant.EPOCH, Instant.EPOCH, "ann"))
                .with(new Journal.Verified(true, List.of()))
                .with(new Journal.Watched(Verdict.PASS, watchedSeconds, 300, List.of()));
    }

    private static Evidence evidence(double millis, boolean rollbackProved) {
        return new Evidence(
                "1_a",
                "sha256:d",
                "plain-sql",
                "18.6",
                Optional.of(Instant.EPOCH),
                "sha256:b",
                "sha256:a",
                new Evidence.Staging("synthesize", 10, 8192, 1.0, 1.0, List.of()),
                1,
                List.of(new Evidence.StatementMeasure("SELECT 1", Spread.of(List.of(millis)), List.of(), List.of(), 0)),
                Optional.empty(),
                new Evidence.Traffic(200, 12.0, new Evidence.BeforeDuring(1, 2), 100, 0, "catalog"),
                new Evidence.Rollback(3, rollbackProved, rollbackProved, List.of(), rollbackProved),
                new Evidence.Forecast(new Evidence.Range(1, 2)),
                new Evidence.Risk(Evidence.Level.LOW, List.of()),
                Verdict.PASS,
                List.of(),
                Map.of("1", MET));
    }
}
