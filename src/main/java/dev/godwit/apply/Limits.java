package dev.godwit.apply;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/// How much of what production shows is too much.
///
/// @param evidenceAge of a rehearsal that still counts
/// @param blockerAge of a transaction that is in the way
/// @param replicaLag the time in which a standby must have replayed what was written
/// @param diskFree bytes where the server writes, as the operator knows them; empty when they are to be looked up
/// @param diskMustBeKnown whether a migration is refused when nobody knows them
public record Limits(
        Duration evidenceAge,
        Duration blockerAge,
        Replicas replicas,
        Duration replicaLag,
        Optional<Long> diskFree,
        boolean diskMustBeKnown) {
    public static final Limits DEFAULT = new Limits(
            Duration.ofDays(7), Duration.ofMinutes(5), Replicas.ANY, Duration.ofSeconds(10), Optional.empty(), false);

    Limits withBlockerAge(Duration age) {
        return new Limits(evidenceAge, age, replicas, replicaLag, diskFree, diskMustBeKnown);
    }

    Limits withReplicas(Replicas which, Duration lag) {
        return new Limits(evidenceAge, blockerAge, which, lag, diskFree, diskMustBeKnown);
    }

    Limits withDisk(Optional<Long> free, boolean mustBeKnown) {
        return new Limits(evidenceAge, blockerAge, replicas, replicaLag, free, mustBeKnown);
    }

    public Limits {
        requireNonNull(evidenceAge);
        requireNonNull(blockerAge);
        requireNonNull(replicas);
        requireNonNull(replicaLag);
        requireNonNull(diskFree);
    }
}
