package dev.godwit.statement;

import dev.godwit.postgres.QualifiedName;
import java.util.Set;

/// The relations that a query or a data-changing statement touches, sub-queries and WITH included.
///
/// @param reads selected from
/// @param rowLocks selected from with FOR UPDATE, FOR SHARE or their kin
/// @param writes inserted into, updated or deleted from
public record Access(Set<QualifiedName> reads, Set<QualifiedName> rowLocks, Set<QualifiedName> writes) {
    public static final Access NONE = new Access(Set.of(), Set.of(), Set.of());

    public Access {
        reads = Set.copyOf(reads);
        rowLocks = Set.copyOf(rowLocks);
        writes = Set.copyOf(writes);
    }
}
