package dev.godwit.catalog;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.PostgresVersion;
import dev.godwit.postgres.QualifiedName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A database's schema at one moment, sorted, without owners, OIDs and rows.
public record CatalogSnapshot(
        PostgresVersion version, List<Table> tables, List<SchemaObject> objects, List<DataType> types) {
    public CatalogSnapshot {
        requireNonNull(version);
        tables = tables.stream().sorted(Comparator.comparing(Table::name)).toList();
        objects = objects.stream().sorted().toList();
        types = types.stream().sorted(Comparator.comparing(DataType::name)).toList();
    }

    /// A snapshot whose columns have built-in types only.
    public CatalogSnapshot(PostgresVersion version, List<Table> tables, List<SchemaObject> objects) {
        this(version, tables, objects, List.of());
    }

    /// @return the same without what a build that failed has left, which the next build drops
    public CatalogSnapshot withoutInvalidIndexes() {
        List<SchemaObject> usable = objects.stream()
                .filter(object -> object.kind() != SchemaObject.Kind.INDEX
                        || !object.definition().endsWith("-- invalid"))
                .toList();
        return new CatalogSnapshot(version, tables, usable, types);
    }

    public Optional<Table> table(QualifiedName name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }
}
