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
    private static final String CANONICAL = """
            SELECT set_config('search_path', '', true), set_config('quote_all_identifiers', 'off', true),
                   set_config('DateStyle', 'ISO, MDY', true), set_config('IntervalStyle', 'postgres', true),
                   set_config('TimeZone', 'UTC', true), set_config('bytea_output', 'hex', true),
                   set_config('extra_float_digits', '1', true)
            """;

    private static final String SETTINGS_NOW = """
            SELECT current_setting('search_path') AS search_path, current_setting('quote_all_identifiers') AS quote_all,
                   current_setting('DateStyle') AS date_style, current_setting('IntervalStyle') AS interval_style,
                   current_setting('TimeZone') AS time_zone, current_setting('bytea_output') AS bytea_output,
                   current_setting('extra_float_digits') AS float_digits
            """;

    private static final String RESTORE = """
            SELECT set_config('search_path', ?, true), set_config('quote_all_identifiers', ?, true),
                   set_config('DateStyle', ?, true), set_config('IntervalStyle', ?, true),
                   set_config('TimeZone', ?, true), set_config('bytea_output', ?, true),
                   set_config('extra_float_digits', ?, true)
            """;

    private CatalogReader() {}

    /// In a transaction of its own, read-only and on one snapshot; or in the caller's, so that it sees what the caller
    /// has changed, whose settings are then put back.
    ///
    /// @param ignoredTables version tables of migration tools: left out with their indexes and sequences
    public static CatalogSnapshot read(Session session, Set<QualifiedName> ignoredTables) {
        SchemaScope scope = new SchemaScope(ignoredTables);
        return session.inTransaction() ? readWithin(session, scope) : readAlone(session, scope);
    }

    private static CatalogSnapshot readAlone(Session session, SchemaScope scope) {
        return session.inTransaction(() -> {
            session.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            session.execute(CANONICAL);
            return snapshot(session, scope);
        });
    }

    private static CatalogSnapshot readWithin(Session session, SchemaScope scope) {
        Object[] settings = session.queryOne(SETTINGS_NOW, CatalogReader::settings)
                .orElseThrow()
                .toArray();
        session.execute(CANONICAL);
        CatalogSnapshot snapshot = snapshot(session, scope);
        session.query(RESTORE, row -> true, settings);
        return snapshot;
    }

    private static List<String> settings(Row row) {
        return Stream.of(
                        "search_path",
                        "quote_all",
                        "date_style",
                        "interval_style",
                        "time_zone",
                        "bytea_output",
                        "float_digits")
                .map(row::text)
                .toList();
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
