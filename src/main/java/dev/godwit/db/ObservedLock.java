package dev.godwit.db;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import java.time.Duration;

/// A relation lock that another session was seen to hold or wait for.
///
/// @param held from the first look that found it granted to the last
/// @param waited from the first look that found it waiting to the last
public record ObservedLock(QualifiedName relation, LockMode mode, Duration held, Duration waited) {
    public ObservedLock {
        requireNonNull(relation);
        requireNonNull(mode);
        requireNonNull(held);
        requireNonNull(waited);
    }
}
