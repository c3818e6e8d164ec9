package dev.godwit.db;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// A session that keeps another waiting.
///
/// @param pid 0 for a prepared transaction, which has no backend
/// @param state as `pg_stat_activity` says it, `hidden` without the right to see it
/// @param age of its transaction; zero when hidden
/// @param query what it runs or ran last, literals replaced, cut: fit to show
public record Blocker(int pid, String user, String applicationName, String state, Duration age, String query) {
    public Blocker {
        requireNonNull(user);
        requireNonNull(applicationName);
        requireNonNull(state);
        requireNonNull(age);
        requireNonNull(query);
    }
}
