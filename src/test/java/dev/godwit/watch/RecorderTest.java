package dev.godwit.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.watch.Reading.Events;
import dev.godwit.watch.Reading.Level;
import dev.godwit.watch.Reading.Share;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final Recorder recorder = new Recorder();

    @Test
    void aWindowIsTheDifferenceOfItsReadings() {
        take(0, 100, 5_000);
        take(1, 101, 5_200);
        take(2, 104, 5_400);
        Window window = recorder.window();
        assertThat(window.shares()).containsExactly(new Share("rollbacks", 4, 400));
        assertThat(window.seconds()).isEqualTo(2);
        assertThat(window.readings()).isEqualTo(3);
        assertThat(window.from()).isEqualTo("2026-11-22T10:00:00Z");
        assertThat(recorder.series()).extracting(Moment::offsetSeconds).containsExactly(0.0, 1.0, 2.0);
        assertThat(recorder.series().getLast().values()).containsEntry("rollbacks", 0.015);
    }

    @Test
    void afterAFailoverCountingBeginsAnew() {
        take(0, 100, 5_000);
        take(1, 101, 5_200);
        recorder.take(reading(2, "standby", START, 7, 90_000));
        recorder.take(reading(3, "standby", START, 8, 90_100));
        Window window = recorder.window();
        assertThat(window.restarts()).isEqualTo(1);
        assertThat(window.seconds()).isEqualTo(2);
        assertThat(window.share("rollbacks")).isEqualTo(new Share("rollbacks", 2, 300));
    }

    @Test
    void afterAResetOfTheStatisticsCountingBeginsAnew() {
        take(0, 100, 5_000);
        recorder.take(reading(1, "primary", START.plusSeconds(1), 200, 9_000));
        recorder.take(reading(2, "primary", START.plusSeconds(1), 201, 9_100));
        assertThat(recorder.window().resets()).isEqualTo(1);
        assertThat(recorder.window().share("rollbacks")).isEqualTo(new Share("rollbacks", 1, 100));
    }

    @Test
    void aCounterThatFallsCountsAsAReset() {
        take(0, 100, 5_000);
        take(1, 3, 5_100);
        take(2, 4, 5_200);
        assertThat(recorder.window().resets()).isEqualTo(1);
        assertThat(recorder.window().share("rollbacks")).isEqualTo(new Share("rollbacks", 1, 100));
        assertThat(recorder.window().seconds()).isEqualTo(1);
    }

    @Test
    void aMissedReadingIsBridgedByTheNext() {
        take(0, 0, 0);
        recorder.miss(START.plusSeconds(1), "nothing answers at db port 5432");
        take(2, 1, 200);
        Window window = recorder.window();
        assertThat(window.missed()).isEqualTo(1);
        assertThat(window.lastMiss()).isEqualTo("nothing answers at db port 5432");
        assertThat(window.seconds()).isEqualTo(2);
        assertThat(window.share("rollbacks").population()).isEqualTo(200);
    }

    @Test
    void theLongestRunOfALevelIsTheOneWithoutAReadingBelow() {
        double[] values = {9, 0, 2, 3, 4, 0, 5, 6};
        for (int i = 0; i < values.length; i++) {
            recorder.take(new Reading(
                    START.plusSeconds(i),
                    "primary",
                    START,
                    List.of(),
                    List.of(),
                    List.of(new Level("waiters", values[i], 1))));
        }
        assertThat(recorder.window().levels()).containsExactly(new Window.LevelTotal("waiters", 1, 9, 6, 2));
        assertThat(recorder.window().overShare("waiters")).isEqualTo(0.75);
    }

    @Test
    void withoutAReadingTheWindowIsEmpty() {
        recorder.miss(START, "no");
        assertThat(recorder.window().readings()).isZero();
        assertThat(recorder.window().shares()).isEmpty();
    }

    private void take(long second, long rollbacks, long transactions) {
        recorder.take(reading(second, "primary", START, rollbacks, transactions));
    }

    private static Reading reading(long second, String server, Instant since, long rollbacks, long transactions) {
        return new Reading(
                START.plusSeconds(second),
                server,
                since,
                List.of(new Share("rollbacks", rollbacks, transactions)),
                List.of(new Events("deadlocks", 0)),
                List.of());
    }
}
