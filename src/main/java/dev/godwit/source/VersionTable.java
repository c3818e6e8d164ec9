package dev.godwit.source;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.QualifiedName;

/// Where a framework records what is applied, and how to read it.
///
/// @param name the table
/// @param key an SQL expression over a row of the table: text that [Framework#appliedVersions] turns into versions
/// @param appliedWhen an SQL condition that tells the rows of applied migrations from others (failed, baseline)
public record VersionTable(QualifiedName name, String key, String appliedWhen) {
    public VersionTable {
        requireNonNull(name);
        requireNonNull(key);
        requireNonNull(appliedWhen);
    }

    /// A table whose every row is an applied migration, known by one column of text.
    public static VersionTable of(QualifiedName name, String column) {
        return new VersionTable(name, column, "true");
    }

    /// @return a query whose one column, `version`, holds the keys of what is applied
    public String select() {
        return "SELECT " + key + " AS version FROM " + name.sql() + " WHERE " + appliedWhen;
    }
}
