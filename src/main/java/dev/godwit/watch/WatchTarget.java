package dev.godwit.watch;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.DatabaseUrl;
import java.util.Map;

/// What is watched.
///
/// @param settings of the sources, by their keys in `godwit.toml`
public record WatchTarget(DatabaseUrl database, Map<String, String> settings) {
    public WatchTarget {
        requireNonNull(database);
        settings = Map.copyOf(settings);
    }

    public static WatchTarget of(DatabaseUrl database) {
        return new WatchTarget(database, Map.of());
    }
}
