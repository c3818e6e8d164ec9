package dev.godwit.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatencyLogTest {
    private static final long MILLI = 1_000_000;
    private static final long[] NOBODY = {};

    private final LatencyLog log = new LatencyLog("before");

    @Test
    void aRequestBelongsToThePhaseInWhichItWasDue() {
        log.mark("during", 1_000 * MILLI);
        log.mark("after", 2_000 * MILLI);
        answered(500, 502);
        answered(1_100, 2_050);
        answered(2_500, 2_501);
        LatencyReport report = log.report(3_000 * MILLI, NOBODY);
        assertThat(phase(report, "before").longestStallMs()).isEqualTo(2);
        assertThat(phase(report, "during").longestStallMs()).isEqualTo(950);
        assertThat(phase(report, "during").p99Ms()).isCloseTo(950, within(1.0));
        assertThat(phase(report, "after").queries()).isEqualTo(1);
        assertThat(phase(report, "after").p99Ms()).isCloseTo(1, within(0.01));
    }

    @Test
    void theRestOfAWaitCountsToTheLaterPhase() {
        log.mark("during", 1_000 * MILLI);
        log.mark("after", 2_000 * MILLI);
        answered(990, 2_030);
        LatencyReport report = log.report(3_000 * MILLI, NOBODY);
        assertThat(phase(report, "before").longestStallMs()).isEqualTo(1_040);
        assertThat(phase(report, "during").longestStallMs()).isEqualTo(1_030);
        assertThat(phase(report, "after").longestStallMs()).isEqualTo(30);
        assertThat(report.longestStallMs()).isEqualTo(1_040);
    }

    @Test
    void aRequestStillWaitingCountsWithItsWaitSoFar() {
        log.mark("during", 1_000 * MILLI);
        long[] waiting = {1_000 * MILLI, 1_400 * MILLI};
        LatencyReport report = log.report(1_500 * MILLI, waiting);
        assertThat(report.waiting()).isEqualTo(2);
        assertThat(report.queries()).isZero();
        assertThat(report.longestStallMs()).isEqualTo(500);
        assertThat(report.timeLine())
                .last()
                .extracting(LatencyReport.Slot::maxLatencyMillis)
                .isEqualTo(100.0);
        assertThat(log.report(1_500 * MILLI, NOBODY).longestStallMs())
                .as("a report leaves the log alone")
                .isZero();
    }

    @Test
    void aPhaseMarkedAgainGoesOn() {
        log.mark("during", 1_000 * MILLI);
        log.mark("before", 2_000 * MILLI);
        answered(100, 101);
        answered(2_100, 2_300);
        LatencyReport report = log.report(2_500 * MILLI, NOBODY);
        assertThat(report.phases()).hasSize(2);
        assertThat(phase(report, "before").queries()).isEqualTo(2);
        assertThat(phase(report, "before").delayed()).isEqualTo(1);
        assertThat(phase(report, "before").seconds()).isEqualTo(1.5);
        assertThat(report.marks())
                .containsExactly(
                        new LatencyReport.Mark("before", 0),
                        new LatencyReport.Mark("during", 1_000),
                        new LatencyReport.Mark("before", 2_000));
    }

    @Test
    void failuresAreQueriesOfTheirSqlState() {
        log.answered(0, MILLI, Optional.of("40P01"));
        log.answered(0, MILLI, Optional.of("40P01"));
        log.answered(0, MILLI, Optional.of(LatencyReport.GAVE_UP));
        answered(3, 4);
        LatencyReport report = log.report(10 * MILLI, NOBODY);
        assertThat(report.queries()).isEqualTo(4);
        assertThat(report.failed()).isEqualTo(3);
        assertThat(report.failuresBySqlState()).containsEntry("40P01", 2L).containsEntry("gave up", 1L);
    }

    @Test
    void percentilesKeepThreeDigits() {
        for (int i = 1; i <= 1_000; i++) {
            answered(0, i);
        }
        LatencyReport.Phase phase = phase(log.report(MILLI, NOBODY), "before");
        assertThat(phase.p50Ms()).isCloseTo(500, within(1.0));
        assertThat(phase.p95Ms()).isCloseTo(950, within(1.0));
        assertThat(phase.p99Ms()).isCloseTo(990, within(1.0));
    }

    @Test
    void theTimeLineHasASlotForEachTenthOfASecond() {
        answered(10, 14);
        answered(90, 92);
        answered(310, 1_310);
        assertThat(log.report(400 * MILLI, NOBODY).timeLine())
                .containsExactly(
                        new LatencyReport.Slot(0, 4, 2),
                        new LatencyReport.Slot(100, 0, 0),
                        new LatencyReport.Slot(200, 0, 0),
                        new LatencyReport.Slot(300, 1_000, 1));
    }

    @Test
    void afterAnHourTheSlotsDoubleAndKeepTheirMaxima() {
        answered(0, 7);
        answered(3_600_000 - 50, 3_600_000);
        answered(3_600_000, 3_600_100);
        LatencyReport report = log.report(3_600_100 * MILLI, NOBODY);
        assertThat(report.slotMillis()).isEqualTo(200);
        assertThat(report.timeLine()).hasSize(18_001).first().isEqualTo(new LatencyReport.Slot(0, 7, 1));
        assertThat(report.timeLine().getLast()).isEqualTo(new LatencyReport.Slot(3_600_000, 100, 1));
        assertThat(report.timeLine().get(17_999).maxLatencyMillis()).isEqualTo(50);
    }

    private void answered(long dueMillis, long nowMillis) {
        log.answered(dueMillis * MILLI, nowMillis * MILLI, Optional.empty());
    }

    private static LatencyReport.Phase phase(LatencyReport report, String name) {
        return report.phase(name).orElseThrow();
    }
}
