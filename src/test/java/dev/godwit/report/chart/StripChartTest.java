package dev.godwit.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.traffic.LatencyReport;
import dev.godwit.traffic.LatencyReport.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

class StripChartTest {
    private static final Strip NAIVE = strip("naive: one UPDATE", 2_000, 4_300, at -> 4_310 - at);
    private static final Strip SAFE = strip("safe: in batches", 2_000, 6_000, at -> at % 700 < 200 ? 28 : 6);

    @Test
    void twoStripsShareBothScales() {
        assertThat(StripChart.draw(List.of(NAIVE, SAFE), ChartStyle.plain(72))).isEqualTo("""
                        naive: one UPDATE                                    longest wait 4.31 s
                                │            ▂▂▂▂▁▁▁
                            1 s ┤            ██████████▇▇▆▆▆▅▄▄▃▂▂▁
                                │            ███████████████████████▇▅▃
                         100 ms ┤            ███████████████████████████▅
                                │            ████████████████████████████
                          10 ms ┤            ████████████████████████████
                                │            ████████████████████████████
                           1 ms ┤▅▅▅▅▅▅▅▅▅▅▅▅████████████████████████████▅▅▅▅▅▅▅▅▅▅▅▅▅
                                └────────────━━━━━━━━━━━━━━━━━━━━━━━━━━━━────────────
                                             ╰──── migration, 4.3 s ────╯
                                 -2 s        0 s          2 s         4 s          6 s

                        safe: in batches                                      longest wait 28 ms
                                │
                            1 s ┤
                                │
                         100 ms ┤
                                │
                          10 ms ┤            ▇▇   ▇▇  ▇▇  ▇▇▇  ▇▇  ▇▇   ▇▇  ▇▇  ▇▇▇
                                │            ██▄▄▄██▄▄██▄▄███▄▄██▄▄██▄▄▄██▄▄██▄▄███▄
                           1 ms ┤▅▅▅▅▅▅▅▅▅▅▅▅███████████████████████████████████████▅▅▅▅▅▅▅▅▅▅▅▅
                                └────────────━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━────────────
                                             ╰────────── migration, 6 s ───────────╯
                                 -2 s        0 s          2 s         4 s          6 s

                        bar: longest wait of a query due then, log scale
                        0 s: the migration begins
                        """);
    }

    @Test
    void withoutUnicodeItIsDrawnInAscii() {
        String drawn = StripChart.draw(List.of(NAIVE), ChartStyle.ascii(50));
        assertThat(drawn).isEqualTo("""
                        naive: one UPDATE              longest wait 4.31 s
                                |         ......
                            1 s +         ########|||||:::..
                                |         ##################||:
                         100 ms +         ######################.
                                |         #######################
                          10 ms +         #######################
                                |         #######################
                           1 ms +|||||||||#######################|||||||||
                                +---------=======================---------
                                          \\- migration, 4.3 s --/
                                 -2 s     0 s       2 s       4 s

                        bar: longest wait of a query due then, log scale
                        0 s: the migration begins
                        """);
        assertThat(drawn.chars()).allMatch(c -> c < 128);
    }

    @Test
    void coloursTellFeltWaitsAndOutages() {
        String drawn = StripChart.draw(List.of(NAIVE), new ChartStyle(60, true, true));
        assertThat(drawn).contains("\u001b[31m", "\u001b[33m", "\u001b[32m");
        assertThat(drawn.replaceAll("\u001b\\[\\d+m", ""))
                .isEqualTo(StripChart.draw(List.of(NAIVE), ChartStyle.plain(60)));
    }

    @Test
    void noLineIsWiderThanAsked() {
        for (int width = 50; width <= 200; width++) {
            int asked = width;
            assertThat(StripChart.draw(List.of(NAIVE, SAFE), ChartStyle.plain(width))
                            .lines())
                    .allMatch(line -> line.length() <= asked);
        }
    }

    @Test
    void aMomentWithoutTrafficStaysBlankAndAFastAnswerShows() {
        Strip strip = new Strip(
                "gap",
                List.of(new Slot(0, 0.2, 3), new Slot(100, 0, 0), new Slot(200, 0.2, 3)),
                100,
                0,
                300,
                Optional.empty());
        String lowest = StripChart.draw(List.of(strip), ChartStyle.plain(50))
                .lines()
                .filter(line -> line.contains("1 ms ┤"))
                .findFirst()
                .orElseThrow();
        assertThat(lowest.substring(9)).matches("▁{13,14} {13,14}▁{13,14}");
    }

    @Test
    void anInstantMigrationIsStillMarked() {
        Strip strip = strip("instant", 4_000, 0, at -> 1);
        assertThat(StripChart.draw(List.of(strip), ChartStyle.plain(60))).contains("─━─", " migration, 0 ms ╰");
    }

    @Test
    void aStripAroundAPhaseReachesFromItsFirstMarkToItsLastEnd() {
        LatencyReport report = report(List.of(
                new LatencyReport.Mark("warm-up", 0),
                new LatencyReport.Mark("during", 3_000),
                new LatencyReport.Mark("after", 4_000),
                new LatencyReport.Mark("during", 5_000),
                new LatencyReport.Mark("after", 5_500)));
        Strip strip = Strip.around("title", report, "during", "migration", 1_000);
        assertThat(strip.fromMillis()).isEqualTo(2_000);
        assertThat(strip.toMillis()).isEqualTo(6_500);
        assertThat(strip.migration()).contains(new Strip.Band("migration", 3_000, 5_500));
        assertThatThrownBy(() -> Strip.around("title", report, "never", "migration", 1_000))
                .hasMessageContaining("never");
    }

    private static LatencyReport report(List<LatencyReport.Mark> marks) {
        return new LatencyReport(10, 0, 0, 0, Map.of(), 0, List.of(), marks, 100, List.of());
    }

    /// A query answers in 2 ms, and while the migration runs in what `during` says of the time since it began.
    private static Strip strip(String title, long from, long length, LongToDoubleFunction during) {
        List<Slot> slots = new ArrayList<>();
        for (long at = 0; at < 10_000; at += 100) {
            boolean running = at >= from && at < from + length;
            slots.add(new Slot(at, running ? during.applyAsDouble(at - from) : 2, 20));
        }
        return new Strip(
                title,
                slots,
                100,
                0,
                from + length + 2_000,
                Optional.of(new Strip.Band("migration", from, from + length)));
    }
}
