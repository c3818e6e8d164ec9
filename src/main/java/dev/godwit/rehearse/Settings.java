package dev.godwit.rehearse;

import static java.util.Objects.requireNonNull;

import dev.godwit.traffic.Load;
import java.time.Duration;

/// How a rehearsal goes.
///
/// @param load the traffic
/// @param warmUp how long traffic runs before the up: connections, plans and this process's own code are cold at first
/// @param settle how long it runs on after each direction, for whoever waits still
/// @param stallBudget the longest stall of a query that still passes
public record Settings(Load load, Duration warmUp, Duration settle, Duration stallBudget) {
    public static final Settings DEFAULT =
            new Settings(new Load(200, 8), Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofMillis(500));

    public Settings {
        requireNonNull(load);
        requireNonNull(warmUp);
        requireNonNull(settle);
        requireNonNull(stallBudget);
    }

    public Settings with(Load other, Duration budget) {
        return new Settings(other, warmUp, settle, budget);
    }

    public Settings withWarmUp(Duration time) {
        return new Settings(load, time, settle, stallBudget);
    }
}
