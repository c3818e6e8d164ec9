package dev.godwit.statement;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.QualifiedName;
import java.util.List;

/// Turns names as the tree spells them into qualified ones.
///
/// @param defaultSchema where an unqualified name is taken to be
record Names(String defaultSchema) {
    Names {
        requireNonNull(defaultSchema);
    }

    /// @param rangeVar a node with `relname` and, when it was written, `schemaname`
    QualifiedName relation(SqlNode rangeVar) {
        return new QualifiedName(
                rangeVar.text("schemaname").orElse(defaultSchema),
                rangeVar.text("relname").orElse(""));
    }

    /// @param parts `[schema, name]`, `[name]`, or with a database in front, which PostgreSQL ignores
    QualifiedName qualified(List<String> parts) {
        if (parts.isEmpty()) {
            return new QualifiedName(defaultSchema, "");
        }
        String schema = parts.size() > 1 ? parts.get(parts.size() - 2) : defaultSchema;
        return new QualifiedName(schema, parts.getLast());
    }
}
