package dev.godwit.lint;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the server showed while one statement ran.
///
/// @param locks the strongest on each relation that the transaction held when the statement had run
/// @param rowsRead of the table of the claim, by this statement
/// @param rowsChanged of it, by this statement
record Observation(
        String sql, Map<QualifiedName, LockMode> locks, long rowsRead, long rowsChanged, Set<QualifiedName> rewritten) {
    Optional<LockMode> lockOn(QualifiedName relation) {
        return Optional.ofNullable(locks.get(relation));
    }

    boolean blocksAsMuchAs(QualifiedName relation, LockMode claimed) {
        return lockOn(relation)
                .filter(held -> held.blocks().compareTo(claimed.blocks()) >= 0)
                .isPresent();
    }
}
