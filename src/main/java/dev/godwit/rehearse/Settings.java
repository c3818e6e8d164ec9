package dev.godwit.rehearse;

import static java.util.Objects.requireNonNull;

import dev.godwit.traffic.Load;
import java.time.Duration;

/// How a rehearsal goes.
///
/// @param load the traffic
/// @param users whose queries it is made of
/// @param runs how often up and down run under it; one more up, which is looked at, follows the last
/// @param warmUp how long traffic runs before the up: connections, plans and this process's own code are cold at first
/// @param settle how long it runs on after each direction, for whoever waits still
/// @param stallBudget the longest stall of a query that still passes
/// @param warnAfter an up that takes longer is at medium risk
public record Settings(
        Load load, Users users, int runs, Duration warmUp, Duration settle, Duration stallBudget, Duration warnAfter) {
    public static final Settings DEFAULT = new Settings(
            new Load(200, 8),
            new Users.OfCatalog(),
            1,
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofSeconds(5));

    public Settings {
        requireNonNull(load);
        requireNonNull(users);
        requireNonNull(warmUp);
        requireNonNull(settle);
        requireNonNull(stallBudget);
        requireNonNull(warnAfter);
        if (runs < 1) {
            throw new IllegalArgumentException("not a number of runs: " + runs);
        }
    }

    public Settings with(Load other, Duration budget) {
        return new Settings(other, users, runs, warmUp, settle, budget, warnAfter);
    }

    public Settings with(Users others) {
        return new Settings(load, others, runs, warmUp, settle, stallBudget, warnAfter);
    }

    public Settings withRuns(int count) {
        return new Settings(load, users, count, warmUp, settle, stallBudget, warnAfter);
    }

    public Settings withWarmUp(Duration time) {
        return new Settings(load, users, runs, time, settle, stallBudget, warnAfter);
    }

    public Settings withSettle(Duration time) {
        return new Settings(load, users, runs, warmUp, time, stallBudget, warnAfter);
    }

    public Settings withWarnAfter(Duration time) {
        return new Settings(load, users, runs, warmUp, settle, stallBudget, time);
    }
}
