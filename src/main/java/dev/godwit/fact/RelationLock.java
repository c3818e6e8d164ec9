package dev.godwit.fact;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;

/// The strongest lock that a statement takes on a relation.
public record RelationLock(QualifiedName relation, LockMode mode) {
    public RelationLock {
        requireNonNull(relation);
        requireNonNull(mode);
    }
}
