package dev.godwit.throttle;

import dev.godwit.db.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Signals of which any one holds the work up.
public record Throttle(List<Signal> signals) implements AutoCloseable {
    public Throttle {
        signals = List.copyOf(signals);
    }

    /// Asks all, because some remember what they saw.
    ///
    /// @return the first that is over its limit
    public Optional<Reading> look(Session session) {
        return signals.stream().map(signal -> signal.look(session)).toList().stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// @return the longest that a statement of somebody else lasted since this was last asked
    public Duration felt() {
        return signals.stream().map(Signal::felt).reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    @Override
    public void close() {
        signals.forEach(Signal::close);
    }
}
