package dev.godwit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.evidence.CriterionState;
import dev.godwit.evidence.Evidence;
import dev.godwit.evidence.ExitCriteria;
import dev.godwit.evidence.Journal;
import dev.godwit.evidence.Spread;
import dev.godwit.evidence.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunbookTest {
    @Test
    void saysWhatTheReviewerAsks() {
        String runbook = Runbook.of(evidence(12_000), "DROP INDEX CONCURRENTLY orders_region_idx;\n");
        assertThat(runbook)
                .startsWith("# Rollback Plan\n\n**Migration**: `7_add_index` (sha256:d)")
                .contains("12.0 s on staging (1,000,000 rows, scale 1.00); forecast 9.0 s to 15.0 s")
                .contains("**Longest stall seen by traffic**: 41 ms at 200 queries a second")
                .contains("```sql\nDROP INDEX CONCURRENTLY orders_region_idx;\n```")
                .contains("`godwit rollback 7_add_index`")
                .contains("any long transaction on `public.orders`: it needs SHARE UPDATE EXCLUSIVE")
                .contains("loses: nothing");
    }

    @Test
    void carriesTheTimeOfItsOwnEvidenceOnly() {
        String runbook = Runbook.of(evidence(12_000), "SELECT 1;");
        assertThat(Runbook.carriesTimingOf(runbook, evidence(12_000))).isTrue();
        assertThat(Runbook.carriesTimingOf(runbook, evidence(20_000))).isFalse();
        assertThat(Runbook.carriesTimingOf("", evidence(12_000))).isFalse();
    }

    @Test
    void theReportIsTheContractOfTheCommandLine() {
        CriteriaReport report = CriteriaReport.of(
                "7_add_index",
                ExitCriteria.of(true, Optional.of(evidence(800)), Optional.empty(), Journal.empty("7_add_index")));
        assertThat(report.json())
                .contains("\"migration\" : \"7_add_index\"", "\"state\" : \"notMet\"", "\"met\" : false")
                .contains("\"next\" : \"Step 3 · Validate and Monitor\"");
        assertThat(report.text((state, line) -> state == CriterionState.MET ? line : "!" + line))
                .contains("  ✓ 1. Migration file written with both up and down")
                .contains("!  ✗ 5. Migration applied to production")
                .endsWith("3 of 7 not met yet. Then: Step 3 · Validate and Monitor");
        assertThat(report.markdown()).contains("- [x] 1. ", "- [ ] 7. No error spikes in monitoring for 5 minutes");
    }

    private static Evidence evidence(double millis) {
        return new Evidence(
                "7_add_index",
                "sha256:d",
                "plain-sql",
                "18.6",
                Optional.of(Instant.EPOCH),
                "sha256:b",
                "sha256:a",
                new Evidence.Staging("synthesize", 1_000_000, 8192, 1.0, 1.0, List.of()),
                1,
                List.of(new Evidence.StatementMeasure(
                        "CREATE INDEX CONCURRENTLY orders_region_idx ON orders (region)",
                        Spread.of(List.of(millis)),
                        List.of(new Evidence.Lock("public.orders", "SHARE UPDATE EXCLUSIVE", millis, 0)),
                        List.of(),
                        0)),
                Optional.empty(),
                new Evidence.Traffic(200, 41.0, new Evidence.BeforeDuring(1, 2), 100, 0, "catalog"),
                new Evidence.Rollback(3, true, true, List.of(), true),
                new Evidence.Forecast(new Evidence.Range(9_000, 15_000)),
                new Evidence.Risk(Evidence.Level.LOW, List.of("no strong lock on an existing relation")),
                Verdict.PASS,
                List.of(),
                Map.of());
    }
}
