package dev.godwit.source;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.QualifiedName;
import java.util.Map;
import java.util.Set;

/// What stands in the database under the version table's name.
///
/// @param columns name to type as `format_type` prints it; empty when there is no such table
/// @param neighbours names of the other tables in its schema
public record VersionTableShape(QualifiedName name, Map<String, String> columns, Set<String> neighbours) {
    public VersionTableShape {
        requireNonNull(name);
        columns = Map.copyOf(columns);
        neighbours = Set.copyOf(neighbours);
    }
}
