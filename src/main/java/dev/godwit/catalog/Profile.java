package dev.godwit.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What is known of production without any row of it: its schema with sizes, its settings, and which migrations it has.
///
/// @param catalog tables, types and all other objects as DDL; functions say their volatility there
/// @param settings of the server, by name, in its own units and words
/// @param applied the versions that the migration tool's own table names; empty where there is none
public record Profile(CatalogSnapshot catalog, NavigableMap<String, String> settings, NavigableSet<String> applied) {
    public Profile {
        requireNonNull(catalog);
        settings = new TreeMap<>(settings);
        applied = new TreeSet<>(applied);
    }

    public Profile(CatalogSnapshot catalog, Map<String, String> settings, Iterable<String> applied) {
        this(catalog, new TreeMap<>(settings), sorted(applied));
    }

    private static NavigableSet<String> sorted(Iterable<String> values) {
        NavigableSet<String> all = new TreeSet<>();
        values.forEach(all::add);
        return all;
    }

    public long rows() {
        return catalog.tables().stream()
                .filter(table -> table.kind() != TableKind.PARTITIONED)
                .mapToLong(Table::estimatedRows)
                .sum();
    }

    public long bytes() {
        return catalog.tables().stream().mapToLong(Table::bytes).sum();
    }
}
