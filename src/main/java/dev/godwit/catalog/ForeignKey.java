package dev.godwit.catalog;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.QualifiedName;
import java.util.List;

/// @param columns in the order of `referencedColumns`
public record ForeignKey(
        String name,
        List<String> columns,
        QualifiedName references,
        List<String> referencedColumns,
        boolean validated) {
    public ForeignKey {
        requireNonNull(name);
        columns = List.copyOf(columns);
        requireNonNull(references);
        referencedColumns = List.copyOf(referencedColumns);
    }
}
