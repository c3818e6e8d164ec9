package dev.godwit.watch;

import static dev.godwit.evidence.Verdict.FAIL;
import static dev.godwit.evidence.Verdict.INCONCLUSIVE;
import static dev.godwit.evidence.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.evidence.EvidenceJson;
import dev.godwit.evidence.Verdict;
import dev.godwit.watch.Reading.Events;
import dev.godwit.watch.Reading.Share;
import dev.godwit.watch.Window.LevelTotal;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
    private static final double FIVE_MINUTES = 300;
    private static final Criteria STANDARD = Criteria.standard();

    @ParameterizedTest(name = "{0} of {1} before, {2} of {3} after: {4}")
    @CsvSource({
        "    0, 60000,     0, 60000, PASS",
        "   60, 60000,    61, 60000, PASS",
        "   60, 60000,   119, 60000, PASS", // certain, but not twice as many
        "   60, 60000,   121, 60000, FAIL",
        "    0, 60000,     9, 60000, PASS", // 2^-9 = 0.002
        "    0, 60000,    10, 60000, FAIL", // 2^-10 < 0.001
        "    0, 600000,    2, 60000, PASS", // fewer than three are never an alarm
        "    0, 600000,    3, 60000, FAIL", // (1/11)^3 = 0.0008
        "  600, 60000,  3000, 60000, FAIL", // five times as many
        "    0, 2000,     20,  2000, FAIL", // the demo's shortened watch: 1 % of ten seconds
        "    0, 2000,      0,  2000, PASS",
        "    0, 1000,      1,   300, INCONCLUSIVE",
        "    0,  100,      0,   100, INCONCLUSIVE",
        "    0,    0,      0, 60000, INCONCLUSIVE",
        "    0, 60000,     0,     0, INCONCLUSIVE",
        "    0, 100,     100,   100, FAIL", // too few to notice a little, enough to notice this
        "48000, 60000, 48100, 60000, PASS", // an application that rolls back whatever it only read
        "48000, 60000, 54500, 60000, FAIL", // and now more than that
        "60000, 60000, 60000, 60000, INCONCLUSIVE",
        "3000000000, 300000000000, 600, 60000, PASS", // counters of years
        "3000000000, 300000000000, 3000, 60000, FAIL"
    })
    void rollbacksAreJudgedByWhatChanceAllows(long before, long beforeAll, long after, long afterAll, Verdict verdict) {
        assertThat(Judge.verdict(rollbacks(before, beforeAll, after, afterAll))).isEqualTo(verdict);
    }

    @Test
    void falseAlarmsAreRarerThanOneInAHundred() {
        SplittableRandom random = new SplittableRandom(42);
        int alarms = 0;
        int runs = 2_000;
        for (int i = 0; i < runs; i++) {
            double share = Math.pow(10, -4 + 3 * random.nextDouble());
            long before = binomial(random, 20_000, share);
            long after = binomial(random, 20_000, share);
            alarms += Judge.verdict(rollbacks(before, 20_000, after, 20_000)) == FAIL ? 1 : 0;
        }
        assertThat(alarms).isLessThan(runs / 100);
    }

    @Test
    void aFivefoldIncreaseIsNoticedWheneverTheWatchClaimsThatItCould() {
        SplittableRandom random = new SplittableRandom(43);
        int noticed = 0;
        int claimed = 0;
        for (int i = 0; i < 1_000; i++) {
            double share = Math.max(0.002, 0.05 * random.nextDouble());
            int transactions = random.nextInt(2_000, 20_000);
            long before = binomial(random, transactions, share);
            List<Finding> findings =
                    rollbacks(before, transactions, binomial(random, transactions, 5 * share), transactions);
            claimed += Judge.verdict(findings) == INCONCLUSIVE ? 0 : 1;
            noticed += Judge.verdict(findings) == FAIL ? 1 : 0;
        }
        assertThat(claimed).isGreaterThan(500);
        assertThat((double) noticed / claimed).isGreaterThan(0.9);
    }

    @Test
    void anInconclusiveWatchSaysWhatItCouldHaveNoticed() {
        assertThat(Judge.reasons(rollbacks(2, 1_000, 1, 300)))
                .singleElement()
                .asString()
                .matches(
                        "rollbacks: 0.33 % of 300 transactions, 0.2 % before; too few to notice less than"
                                + " \\d(\\.\\d)? %, \\d+ times as many where 1 % is asked for: watch longer or under more traffic");
    }

    @Test
    void aFailureSaysTheNumbers() {
        assertThat(Judge.reasons(rollbacks(12, 60_000, 840, 60_000)))
                .containsExactly("rollbacks: 1.4 % of 60,000 transactions, 0.02 % before");
    }

    @ParameterizedTest(name = "{0} in {1} s before, {2} in {3} s after: {4}")
    @CsvSource({
        "0, 864000, 0, 300, PASS",
        "0, 864000, 2, 300, PASS",
        "0, 864000, 3, 300, FAIL", // ten days without one
        "9000, 864000, 5, 300, PASS", // one each 96 s is normal here
        "9000, 864000, 16, 300, FAIL",
        "0, 300, 3, 300, PASS", // a young server says little of what is normal
        "0, 300, 10, 300, FAIL"
    })
    void deadlocksAreComparedWithTheServersWholeHistory(
            long before, double beforeSeconds, long after, double afterSeconds, Verdict verdict) {
        Window history = window(beforeSeconds, new Share("rollbacks", 0, 1_000_000), before, List.of());
        Baseline baseline = new Baseline(window(10, new Share("rollbacks", 0, 10_000), 0, List.of()), history);
        Window watched = window(afterSeconds, new Share("rollbacks", 0, 60_000), after, List.of());
        assertThat(Judge.verdict(Judge.judge(baseline, watched, FIVE_MINUTES, STANDARD)))
                .isEqualTo(verdict);
    }

    @ParameterizedTest(name = "{0} of 300 readings before, {1} after with a run of {2} s: {3}")
    @CsvSource({
        "0, 0, 0, PASS",
        "0, 2, 1, PASS", // two readings in a row are no state
        "0, 3, 2, FAIL",
        "0, 20, 0, PASS", // often, but each over at once
        "100, 150, 40, PASS", // it was like that before
        "10, 150, 40, FAIL"
    })
    void waitersAreAFailureWhenTheyStayAndDidNotBefore(int before, int after, double run, Verdict verdict) {
        Baseline baseline = baseline(calm(List.of(new LevelTotal("waiters", 0, 3, before, 30))));
        Window watched = calm(List.of(new LevelTotal("waiters", 0, 3, after, run)));
        assertThat(Judge.verdict(Judge.judge(baseline, watched, FIVE_MINUTES, STANDARD)))
                .isEqualTo(verdict);
    }

    @Test
    void noDataIsNeverAPass() {
        Window nothing =
                new Window("", 0, 0, 300, "nothing answers at db port 5432", 0, 0, List.of(), List.of(), List.of());
        List<Finding> findings = Judge.judge(baseline(calm(List.of())), nothing, FIVE_MINUTES, STANDARD);
        assertThat(Judge.verdict(findings)).isEqualTo(INCONCLUSIVE);
        assertThat(Judge.reasons(findings))
                .containsExactly("no data: saw 0 s of 300 s, last because nothing answers at db port 5432");
        assertThat(Judge.verdict(List.of())).isEqualTo(INCONCLUSIVE);
    }

    @Test
    void aWatchCutShortIsInconclusive() {
        Window half = window(150, new Share("rollbacks", 0, 60_000), 0, List.of());
        assertThat(Judge.reasons(Judge.judge(baseline(calm(List.of())), half, FIVE_MINUTES, STANDARD)))
                .containsExactly("saw 150 s of 300 s");
    }

    @Test
    void aServerThatRestartedMeanwhileIsNoPass() {
        Window calm = calm(List.of());
        Window restarted = new Window(calm.from(), 299, 300, 0, "", 1, 0, calm.shares(), calm.events(), calm.levels());
        assertThat(Judge.reasons(Judge.judge(baseline(calm), restarted, FIVE_MINUTES, STANDARD)))
                .containsExactly("the server restarted or failed over meanwhile");
    }

    @Test
    void withoutAMeasuredBaselineTheHistorySaysWhatIsNormal() {
        Window history = window(86_400, new Share("rollbacks", 100, 1_000_000), 0, List.of());
        Baseline baseline = new Baseline(Window.empty(java.time.Instant.EPOCH), history);
        Window bad = window(300, new Share("rollbacks", 600, 60_000), 0, List.of());
        assertThat(Judge.verdict(Judge.judge(baseline, calm(List.of()), FIVE_MINUTES, STANDARD)))
                .isEqualTo(PASS);
        assertThat(Judge.verdict(Judge.judge(baseline, bad, FIVE_MINUTES, STANDARD)))
                .isEqualTo(FAIL);
    }

    @Test
    void aBaselineSurvivesJson() {
        Baseline baseline = baseline(calm(List.of(new LevelTotal("waiters", 0, 3, 1, 0.5))));
        assertThat(EvidenceJson.read(EvidenceJson.write(baseline), Baseline.class))
                .isEqualTo(baseline);
    }

    private static List<Finding> rollbacks(long before, long beforeAll, long after, long afterAll) {
        Window measured = window(300, new Share("rollbacks", before, beforeAll), 0, List.of());
        Window watched = window(300, new Share("rollbacks", after, afterAll), 0, List.of());
        return Judge.judge(baseline(measured), watched, FIVE_MINUTES, STANDARD);
    }

    private static Baseline baseline(Window measured) {
        return new Baseline(measured, window(864_000, new Share("rollbacks", 0, 0), 0, List.of()));
    }

    private static Window calm(List<LevelTotal> levels) {
        return window(300, new Share("rollbacks", 6, 60_000), 0, levels);
    }

    private static Window window(double seconds, Share share, long deadlocks, List<LevelTotal> levels) {
        return new Window(
                "2026-11-22T10:00:00Z",
                seconds,
                300,
                0,
                "",
                0,
                0,
                List.of(share),
                List.of(new Events("deadlocks", deadlocks)),
                levels);
    }

    private static long binomial(SplittableRandom random, int trials, double share) {
        long hits = 0;
        for (int i = 0; i < trials; i++) {
            hits += random.nextDouble() < share ? 1 : 0;
        }
        return hits;
    }
}
