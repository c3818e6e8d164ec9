package dev.godwit.db;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.DataType;
import dev.godwit.catalog.SchemaObject;
import dev.godwit.catalog.Table;
import dev.godwit.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Reads a schema by plain SELECTs on `pg_catalog`: no extension, no right beyond CONNECT, and a fixed number of
/// queries however many tables there are.
///
/// Texts are made canonical by the settings of the read: an empty `search_path` qualifies every name, and constants
/// are written in UTC and ISO. Left out: what extensions own, schema `godwit`, owners, options of foreign tables and
/// user mappings (they may hold passwords), default privileges and large objects.
public final class CatalogReader {
    private CatalogReader() {}

    /// In a transaction of its own, read-only and on one snapshot; or in the caller's, so that it sees what the caller
    /// has changed.
    ///
    /// @param ignoredTables version tables of migration tools: left out with their indexes and sequences
    public static CatalogSnapshot read(Session session, Set<QualifiedName> ignoredTables) {
        SchemaScope scope = new SchemaScope(ignoredTables);
        return CanonicalSettings.during(session, () -> snapshot(session, scope));
    }

    private static CatalogSnapshot snapshot(Session session, SchemaScope scope) {
        List<Table> tables = new TableReader(session, scope).read();
        List<DataType> types = TypeReader.read(session, scope);
        List<SchemaObject> objects = new ArrayList<>();
        for (ObjectQuery query : queries(session)) {
            objects.addAll(query.read(session, scope));
        }
        return new CatalogSnapshot(session.serverVersion(), tables, objects, types);
    }

    /// Tables and views last: writing a view's definition locks what it selects from until the transaction ends.
    private static List<ObjectQuery> queries(Session session) {
        return Stream.of(
                        TypeObjects.queries(session.serverVersion()),
                        ConstraintObjects.queries(session.serverVersion()),
                        RoutineObjects.queries(),
                        AccessObjects.queries(session.serverVersion()),
                        TableObjects.queries(session.serverVersion()))
                .flatMap(List::stream)
                .toList();
    }
}
