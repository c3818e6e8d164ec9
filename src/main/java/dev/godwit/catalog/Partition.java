package dev.godwit.catalog;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.QualifiedName;

/// Where a partition hangs.
///
/// @param bound `FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')`, or `DEFAULT`
public record Partition(QualifiedName parent, String bound) {
    public Partition {
        requireNonNull(parent);
        requireNonNull(bound);
    }
}
