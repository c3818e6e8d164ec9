package dev.godwit.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final long MILLI = 1_000_000;

    private final ManualClock clock = new ManualClock();
    private final Stopwatch stopwatch = new Stopwatch(clock);
    private final Arrivals arrivals = new Arrivals(stopwatch, 200);

    @Test
    void aStallDelaysEveryArrivalBehindIt() throws InterruptedException {
        clock.advance(Duration.ofMillis(19));
        assertThat(take()).isEqualTo(0);
        assertThat(take()).isEqualTo(5 * MILLI);
        assertThat(take()).isEqualTo(10 * MILLI);
        assertThat(arrivals.waiting()).containsExactly(0, 5 * MILLI, 10 * MILLI, 15 * MILLI);
    }

    @Test
    void arrivalsDoNotDriftFromTheRate() throws InterruptedException {
        Arrivals thirds = new Arrivals(stopwatch, 3);
        clock.advance(Duration.ofHours(1));
        long last = 0;
        for (int i = 0; i <= 3 * 3600; i++) {
            last = thirds.take().orElseThrow();
            thirds.done(last);
        }
        assertThat(last).isEqualTo(Duration.ofHours(1).toNanos());
    }

    @Test
    void anAnsweredRequestWaitsNoLonger() throws InterruptedException {
        clock.advance(Duration.ofMillis(6));
        long first = take();
        take();
        arrivals.done(first);
        assertThat(arrivals.waiting()).containsExactly(5 * MILLI);
    }

    @Test
    void aPauseWaitsForWhatIsDueAndLeavesNoGap() throws InterruptedException {
        clock.advance(Duration.ofMillis(2));
        long first = take();
        assertThat(arrivals.pause(MILLI)).as("one request is still running").isFalse();
        arrivals.done(first);
        assertThat(arrivals.pause(MILLI)).isTrue();
        clock.advance(Duration.ofHours(1));
        assertThat(stopwatch.nanos()).isEqualTo(2 * MILLI);
        arrivals.resume();
        clock.advance(Duration.ofMillis(3));
        assertThat(take()).isEqualTo(5 * MILLI);
        assertThat(arrivals.waiting()).containsExactly(5 * MILLI);
    }

    @Test
    void afterAPauseThatFailedEverythingThatBecameDueHappens() throws InterruptedException {
        clock.advance(Duration.ofMillis(2));
        take();
        assertThat(arrivals.pause(MILLI)).isFalse();
        clock.advance(Duration.ofMillis(6));
        arrivals.resume();
        assertThat(take()).isEqualTo(5 * MILLI);
    }

    @Test
    void stoppingStillHandsOutWhatIsDue() throws InterruptedException {
        clock.advance(Duration.ofMillis(6));
        arrivals.stop();
        clock.advance(Duration.ofMillis(60));
        assertThat(take()).isEqualTo(0);
        assertThat(take()).isEqualTo(5 * MILLI);
        assertThat(arrivals.take()).isEqualTo(OptionalLong.empty());
    }

    @Test
    void abortingGivesUpTheBacklog() throws InterruptedException {
        clock.advance(Duration.ofMillis(60));
        take();
        arrivals.abort();
        assertThat(arrivals.take()).isEqualTo(OptionalLong.empty());
    }

    private long take() throws InterruptedException {
        return arrivals.take().orElseThrow();
    }
}
