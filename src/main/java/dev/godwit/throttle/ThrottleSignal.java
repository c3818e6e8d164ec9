package dev.godwit.throttle;

import java.util.Optional;

/// A kind of [Signal]. A new one is a file in `throttle.signal`, registered with `@AutoService`, its row in
/// `docs/backfill.md` and its test.
public interface ThrottleSignal {
    /// @return the key in `[throttle]`, such as `wal_rate`
    String id();

    /// @return a limit such as `50MB/s`, as an example
    String example();

    /// @return the limit that holds when none is given; empty when nothing is asked then
    Optional<String> standard();

    /// @param limit as the project writes it
    /// @throws IllegalArgumentException says what is wrong with it
    Limited limited(String limit);

    /// A signal with its limit, for any piece of work.
    @FunctionalInterface
    interface Limited {
        /// @return to be closed when the work is over
        Signal watch(LongWork work);
    }
}
