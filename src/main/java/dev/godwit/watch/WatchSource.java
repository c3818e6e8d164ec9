package dev.godwit.watch;

import java.util.Optional;

/// Where signals come from. Found by [java.util.ServiceLoader]; adding one touches one new file.
public interface WatchSource {
    /// @return a word that names the source in messages and settings
    String id();

    /// @return empty when the target's settings do not ask for this source
    Optional<Probe> open(WatchTarget target);

    /// Reads the signals again and again, from one thread.
    interface Probe extends AutoCloseable {
        /// @throws dev.godwit.problem.GodwitException when there is nothing to read now; the next call tries again
        Reading read();

        @Override
        void close();
    }
}
