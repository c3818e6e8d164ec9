package dev.godwit.catalog;

/// What stores rows, and how.
public enum TableKind {
    /// Stands alone; also a parent or child of plain inheritance.
    ORDINARY,
    /// Holds no rows itself; may be a partition of another.
    PARTITIONED,
    /// A leaf that holds the rows of its parent's range, list or hash.
    PARTITION,
    /// Rows live on another server.
    FOREIGN
}
