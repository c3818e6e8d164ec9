package dev.godwit.rehearse;

import static java.util.Objects.requireNonNull;

import dev.godwit.traffic.Load;
import java.time.Duration;

/// How a rehearsal goes.
///
/// @param load the traffic
/// @param warmUp how long traffic runs before the up, and between the directions
/// @param stallBudget the longest stall of a query that still passes
public record Settings(Load load, Duration warmUp, Duration stallBudget) {
    public static final Settings DEFAULT =
            new Settings(new Load(200, 8), Duration.ofSeconds(2), Duration.ofMillis(500));

    public Settings {
        requireNonNull(load);
        requireNonNull(warmUp);
        requireNonNull(stallBudget);
    }

    public Settings withWarmUp(Duration time) {
        return new Settings(load, time, stallBudget);
    }
}
