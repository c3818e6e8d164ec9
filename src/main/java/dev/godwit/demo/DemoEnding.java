package dev.godwit.demo;

import dev.godwit.report.chart.Strip;
import dev.godwit.report.chart.StripChart;
import dev.godwit.traffic.LatencyReport;
import java.util.List;
import java.util.Locale;

/// The last page of the demo: both stalls side by side, the criteria, what to read next.
final class DemoEnding {
    private static final long MARGIN_MILLIS = 1_500;

    private final Narrator narrator;

    DemoEnding(Narrator narrator) {
        this.narrator = narrator;
    }

    /// @param felt by the users of production, from the first query to the last
    void tell(DemoResult result, DemoResult.Story story, LatencyReport felt) {
        narrator.stage("What users feel: the longest wait in each moment");
        narrator.line(StripChart.draw(
                List.of(
                        Strip.around("naive, on staging", story.naiveFelt(), "up", "migration", MARGIN_MILLIS),
                        Strip.around("safe, in production", felt, DemoPassage.SAFE_PHASE, "migration", MARGIN_MILLIS)),
                narrator.chart()));
        narrator.line(String.format(
                Locale.ROOT,
                "longest stall: naive %,.0f ms, safe %,.0f ms (%.0f times less)",
                result.naive().longestStallMs(),
                result.safe().longestStallMs(),
                result.naive().longestStallMs() / Math.max(1, result.safe().longestStallMs())));
        narrator.line(String.format(
                Locale.ROOT,
                "traffic: %,d queries, %d failed; orders lost: %d; %.0f seconds in all",
                result.traffic().queries(),
                result.traffic().failed(),
                result.rowsLost(),
                result.seconds()));
        narrator.stage("The seven exit criteria");
        narrator.line(story.report().text((_, line) -> line));
        narrator.stage("Next");
        narrator.line("""
                godwit check FILE.sql            on a migration of yours: no database needed
                godwit init --production URL     in your project, then godwit status
                docs/                            how each stage works; README.md has the commands""");
    }
}
