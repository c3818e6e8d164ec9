package dev.godwit.execute;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// How long to stand in a lock queue, and how long to stay away before the next try.
///
/// A try starts at 5 ms and grows to the stall budget: behind overlapping readers of 50 ms a lock timeout of 5 ms never
/// gets the lock, 20 ms gets it in seconds, 100 ms at once (measured, four readers). The pause is "full jitter", a
/// random time between nothing and a limit that doubles, so that two runners do not march in step.
///
/// Source: AWS Architecture Blog, "Exponential Backoff And Jitter".
///
/// @param stallBudget the longest that a try may hold up the queue of a table
/// @param deadline how long to go on before giving up
/// @param firstPause the limit of the pause after the first try
/// @param longestPause the limit that the doubling ends at
/// @param mayEnd whose work may be ended meanwhile
public record RetryPolicy(
        Duration stallBudget, Duration deadline, Duration firstPause, Duration longestPause, MayEnd mayEnd) {
    private static final List<Duration> RUNGS =
            List.of(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(50));
    private static final int MOST_DOUBLINGS = 20;

    public static final RetryPolicy DEFAULT = new RetryPolicy(
            Duration.ofMillis(100),
            Duration.ofMinutes(10),
            Duration.ofMillis(20),
            Duration.ofSeconds(1),
            MayEnd.NOBODY);

    public RetryPolicy {
        requireNonNull(firstPause);
        requireNonNull(longestPause);
        requireNonNull(mayEnd);
        if (stallBudget.toMillis() < 1) {
            throw new IllegalArgumentException("a stall budget is at least 1 ms: 0 would mean no lock timeout at all");
        }
        if (deadline.isNegative()) {
            throw new IllegalArgumentException("a deadline is not negative: " + deadline);
        }
    }

    public RetryPolicy withStallBudget(Duration budget) {
        return new RetryPolicy(budget, deadline, firstPause, longestPause, mayEnd);
    }

    public RetryPolicy withDeadline(Duration time) {
        return new RetryPolicy(stallBudget, time, firstPause, longestPause, mayEnd);
    }

    public RetryPolicy withEnding(MayEnd whom) {
        return new RetryPolicy(stallBudget, deadline, firstPause, longestPause, whom);
    }

    /// @param attempt counted from 0
    public Duration lockTimeout(int attempt) {
        Duration rung = attempt < RUNGS.size() ? RUNGS.get(attempt) : stallBudget;
        return rung.compareTo(stallBudget) < 0 ? rung : stallBudget;
    }

    /// @param attempt the one that just failed, counted from 0
    public Duration pause(int attempt, RandomGenerator random) {
        long limit = Math.min(longestPause.toNanos(), firstPause.toNanos() << Math.min(attempt, MOST_DOUBLINGS));
        return Duration.ofNanos(random.nextLong(limit + 1));
    }
}
