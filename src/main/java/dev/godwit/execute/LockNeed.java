package dev.godwit.execute;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;

/// A lock that a statement will take on a relation that others can see.
public record LockNeed(QualifiedName relation, LockMode mode) {
    public LockNeed {
        requireNonNull(relation);
        requireNonNull(mode);
    }

    /// Whether a wait for it makes the writes of traffic queue behind it.
    public boolean stopsTraffic() {
        return mode.conflictsWith(LockMode.ROW_EXCLUSIVE);
    }
}
