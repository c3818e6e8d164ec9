package dev.godwit.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.evidence.Evidence;
import dev.godwit.evidence.Spread;
import dev.godwit.evidence.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final Duration BUDGET = Duration.ofMillis(500);
    private static final Evidence.Rollback PROVED = new Evidence.Rollback(10, true, true, List.of(), true);

    @Test
    void passesWhatNobodyFeels() {
        Judge judge = judge(seen(40, 100, Map.of(), PROVED));
        assertThat(judge.verdict()).isEqualTo(Verdict.PASS);
        assertThat(judge.reasons()).isEmpty();
        assertThat(judge.risk().level()).isEqualTo(Evidence.Level.MEDIUM);
        assertThat(judge.risk().reasons()).containsExactly("a brief ACCESS EXCLUSIVE on public.orders", "takes 0.1 s");
    }

    @Test
    void namesTheLockBehindAStall() {
        Judge judge = judge(seen(6_200, 100, Map.of(), PROVED));
        assertThat(judge.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judge.reasons())
                .containsExactly("traffic stalled for 6,200 ms, over the budget of 500 ms: ACCESS EXCLUSIVE on"
                        + " public.orders held for 6,100 ms blocks reads and writes");
        assertThat(judge.risk().level()).isEqualTo(Evidence.Level.HIGH);
    }

    @Test
    void failsWhenTodaysApplicationFails() {
        assertThat(judge(seen(10, 100, Map.of("23502", 7L), PROVED)).reasons())
                .containsExactly("queries of today's application failed while it ran or after it: SQLSTATE 7 × 23502");
    }

    @Test
    void failsWithoutTrafficBecauseNoDataIsNeverAPass() {
        assertThat(judge(seen(0, 0, Map.of(), PROVED)).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void failsOnARollbackThatLoses() {
        Evidence.Rollback lossy = new Evidence.Rollback(10, true, false, List.of("public.orders: 3 rows"), true);
        assertThat(judge(seen(10, 100, Map.of(), lossy)).reasons())
                .containsExactly("the down lost rows or values: public.orders: 3 rows");
    }

    @Test
    void forecastsARangeForAllOfProductionsRows() {
        Evidence.Forecast forecast = judge(seen(10, 100, Map.of(), PROVED)).forecast(0.5);
        assertThat(forecast.durationMs()).isEqualTo(new Evidence.Range(160, 360));
    }

    private static Judge judge(Observation seen) {
        return new Judge(seen, BUDGET, Duration.ofMillis(110), false);
    }

    private static Observation seen(
            double stallMs, long queries, Map<String, Long> failures, Evidence.Rollback rollback) {
        long failed = failures.values().stream().mapToLong(Long::longValue).sum();
        return new Observation(
                List.of(new Evidence.StatementMeasure(
                        "ALTER TABLE orders ADD COLUMN region text",
                        Spread.of(List.of(100.0, 120.0)),
                        List.of(new Evidence.Lock("public.orders", "ACCESS EXCLUSIVE", stallMs - 100, 0)),
                        List.of(),
                        0)),
                List.of(100.0, 120.0),
                new Evidence.Traffic(200, stallMs, new Evidence.BeforeDuring(1, stallMs), queries, failed, "catalog"),
                failures,
                rollback);
    }
}
