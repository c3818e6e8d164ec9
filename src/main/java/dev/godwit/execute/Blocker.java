package dev.godwit.execute;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A session, or a prepared transaction, that holds a lock which is in the way.
///
/// @param pid 0 for a prepared transaction
/// @param role the login; empty for a prepared transaction and for a process of the server
/// @param name the application's name, or the prepared transaction's identifier
/// @param state as `pg_stat_activity` says, `idle in transaction`; empty when this role may not see it
/// @param age of its transaction; when this role may not see that, how long Godwit has seen it hold the lock
/// @param relation what it holds
public record Blocker(
        int pid,
        Optional<String> role,
        String name,
        Optional<String> client,
        Optional<String> state,
        Kind kind,
        Duration age,
        QualifiedName relation,
        LockMode mode) {
    /// What can be done about it depends on this.
    public enum Kind {
        CLIENT,
        /// Gives way by itself when someone waits for its lock for `deadlock_timeout`.
        AUTOVACUUM,
        /// Vacuum to prevent wraparound: gives way to nobody.
        URGENT_AUTOVACUUM,
        PREPARED
    }

    public Blocker {
        requireNonNull(role);
        requireNonNull(name);
        requireNonNull(client);
        requireNonNull(state);
        requireNonNull(kind);
        requireNonNull(age);
        requireNonNull(relation);
        requireNonNull(mode);
    }

    Blocker aged(Duration time) {
        return new Blocker(pid, role, name, client, state, kind, time, relation, mode);
    }

    /// @return `pid 4711 (app psql, idle in transaction 3.2 s) holds ACCESS SHARE on public.orders`
    public String sentence() {
        return who() + " holds " + mode.sql() + " on " + relation;
    }

    private String who() {
        String seconds = String.format(Locale.ROOT, "%.1f s", age.toMillis() / 1000.0);
        return switch (kind) {
            case PREPARED -> "prepared transaction " + name + " (" + seconds + ")";
            case AUTOVACUUM -> "pid " + pid + " (autovacuum, " + seconds + ")";
            case URGENT_AUTOVACUUM -> "pid " + pid + " (autovacuum to prevent wraparound, " + seconds + ")";
            case CLIENT ->
                "pid " + pid + " (" + application() + state.orElse("state not visible") + " " + seconds + ")";
        };
    }

    private String application() {
        return name.isEmpty() ? "" : "app " + name + ", ";
    }

    static String sentences(List<Blocker> blockers) {
        if (blockers.isEmpty()) {
            return "blocked by sessions that came and went";
        }
        return "blocked by " + blockers.stream().map(Blocker::sentence).collect(Collectors.joining("; "));
    }
}
