package dev.godwit.throttle;

import dev.godwit.db.Session;
import java.time.Duration;
import java.util.Optional;

/// One thing that a long piece of work must not make worse, watched while that work lasts. It may remember what it saw;
/// it is asked by one thread.
@FunctionalInterface
public interface Signal extends AutoCloseable {
    /// @param session outside of a transaction
    /// @return what is over its limit, or cannot be measured; empty when the work may go on
    Optional<Reading> look(Session session);

    /// @return the longest that a statement of somebody else lasted since this was last asked, as far as this signal
    ///     measures that
    default Duration felt() {
        return Duration.ZERO;
    }

    @Override
    default void close() {}
}
