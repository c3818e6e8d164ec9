package dev.godwit.traffic;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How much traffic.
///
/// @param ratePerSecond arrivals a second, kept whether or not anyone is free to serve them
/// @param connections sessions that serve the arrivals, first come first served, as behind a connection pool
/// @param patience how long a user waits for a free connection before he goes away; bounds what has to be caught up
///     after a long stall
public record Load(int ratePerSecond, int connections, Duration patience) {
    private static final Duration A_GATEWAY_TIMEOUT = Duration.ofSeconds(60);

    public Load {
        requireNonNull(patience);
        if (ratePerSecond < 1 || connections < 1 || !patience.isPositive()) {
            throw new IllegalArgumentException("not a load: " + ratePerSecond + "/s, " + connections + " connections");
        }
    }

    public Load(int ratePerSecond, int connections) {
        this(ratePerSecond, connections, A_GATEWAY_TIMEOUT);
    }
}
