package dev.godwit.fact;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ParsedStatement;
import java.util.Optional;
import java.util.Set;

/// What a transaction holds when one of its statements begins: locks of earlier statements, which last until it ends.
/// Relations that the release made itself do not count, for nobody waits for them.
///
/// @param strongest of those locks that hold up writers, or readers and writers; the earliest of equals
/// @param added the relations that the statement locks and that no earlier one of the transaction has locked
public record EarlierLocks(Optional<Held> strongest, Set<QualifiedName> added) {
    /// @param since the statement that took it
    public record Held(QualifiedName relation, LockMode mode, ParsedStatement since) {
        public Held {
            requireNonNull(relation);
            requireNonNull(mode);
            requireNonNull(since);
        }
    }

    public EarlierLocks {
        requireNonNull(strongest);
        added = Set.copyOf(added);
    }

    /// @return the strongest if it holds up readers and writers
    public Optional<Held> exclusive() {
        return strongest.filter(held -> held.mode().blocks() == LockMode.Blocks.READS_AND_WRITES);
    }
}
