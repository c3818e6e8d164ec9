package dev.godwit.fact;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;

/// Who has to wait for a statement on one relation, and whether that grows with the relation's size.
///
/// @param work what is done while the lock is held; a lock outlives its statement until the transaction ends
public record Blocking(QualifiedName relation, LockMode.Blocks blocks, Work work) {
    public Blocking {
        requireNonNull(relation);
        requireNonNull(blocks);
        requireNonNull(work);
    }

    /// @return are readers or writers held up for a time that grows with the table?
    public boolean stalls() {
        boolean users = blocks == LockMode.Blocks.WRITES || blocks == LockMode.Blocks.READS_AND_WRITES;
        return users && work.grows();
    }
}
