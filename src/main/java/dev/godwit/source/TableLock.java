package dev.godwit.source;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.QualifiedName;

/// A lock that a framework keeps as a row of a table, where a run that was killed leaves it: no end of a
/// session sets it
/// free.
///
/// @param holder a query whose row, while the lock is held, says by whom and since when in its columns `who`
///     and `since`; it has no row while the lock is free
/// @param release the statement that sets it free
public record TableLock(QualifiedName table, String holder, String release) {
    public TableLock {
        requireNonNull(table);
        requireNonNull(holder);
        requireNonNull(release);
    }
}
