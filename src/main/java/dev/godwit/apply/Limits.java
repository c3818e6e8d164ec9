package dev.godwit.apply;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How much of what production shows is too much.
///
/// @param blockerAge of a transaction that is in the way
/// @param replicaLag the time in which a standby must have replayed what was written
public record Limits(Duration blockerAge, Replicas replicas, Duration replicaLag) {
    public static final Limits DEFAULT = new Limits(Duration.ofMinutes(5), Replicas.ANY, Duration.ofSeconds(10));

    Limits withBlockerAge(Duration age) {
        return new Limits(age, replicas, replicaLag);
    }

    Limits withReplicas(Replicas which, Duration lag) {
        return new Limits(blockerAge, which, lag);
    }

    public Limits {
        requireNonNull(blockerAge);
        requireNonNull(replicas);
        requireNonNull(replicaLag);
    }
}
