package dev.godwit.fact;

/// What an action does while it holds its lock, the lightest first. All but [#CATALOG] take a time that grows with the
/// table.
public enum Work {
    /// Entries in the system catalog, no row looked at.
    CATALOG,
    /// Every row is read once.
    SCAN,
    /// Every row is read and an index written.
    INDEX_BUILD,
    /// The table is written anew, with all its indexes.
    REWRITE;

    public boolean grows() {
        return this != CATALOG;
    }

    Work orMore(Work other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
