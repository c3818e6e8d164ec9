package dev.godwit.dsl;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The names that PostgreSQL makes for constraints and indexes that were given none. Source: `ChooseConstraintName`,
/// `ChooseIndexName`, `makeObjectName` of PostgreSQL 18. A name that would have to be cut or counted is not told.
final class AutoNames {
    private static final int LONGEST = 63;

    private final Set<String> used = new HashSet<>();

    /// @param table without its schema
    String of(String table, List<String> columns, String label) {
        String middle = columns.isEmpty() ? "" : "_" + String.join("_", columns);
        return use(table + middle + "_" + label);
    }

    /// A name that would have stood in the way of one made here must not be told either.
    String use(String name) {
        Cursor.check(name.getBytes(StandardCharsets.UTF_8).length <= LONGEST && used.add(name));
        return name;
    }
}
