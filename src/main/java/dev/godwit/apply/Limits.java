package dev.godwit.apply;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How much of what production shows is too much.
///
/// @param evidenceAge of a rehearsal that still counts
/// @param blockerAge of a transaction that is in the way
/// @param replicaLag the time in which a standby must have replayed what was written
public record Limits(Duration evidenceAge, Duration blockerAge, Replicas replicas, Duration replicaLag) {
    public static final Limits DEFAULT =
            new Limits(Duration.ofDays(7), Duration.ofMinutes(5), Replicas.ANY, Duration.ofSeconds(10));

    Limits withBlockerAge(Duration age) {
        return new Limits(evidenceAge, age, replicas, replicaLag);
    }

    Limits withReplicas(Replicas which, Duration lag) {
        return new Limits(evidenceAge, blockerAge, which, lag);
    }

    public Limits {
        requireNonNull(evidenceAge);
        requireNonNull(blockerAge);
        requireNonNull(replicas);
        requireNonNull(replicaLag);
    }
}
