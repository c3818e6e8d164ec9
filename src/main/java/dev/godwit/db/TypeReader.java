package dev.godwit.db;

import dev.godwit.catalog.DataType;
import java.util.ArrayList;
import java.util.List;

/// Reads the types that the schema makes, as far as making values of them needs. Extensions' types are left out.
final class TypeReader {
    private static final String ENUMS = """
            SELECT format_type(t.oid, NULL) AS name, array_agg(l.enumlabel::text ORDER BY l.enumsortorder) AS labels
            FROM pg_type t
            JOIN ns n ON n.oid = t.typnamespace
            JOIN pg_enum l ON l.enumtypid = t.oid
            GROUP BY t.oid
            """;

    private static final String DOMAINS = """
            SELECT format_type(t.oid, NULL) AS name, format_type(t.typbasetype, t.typtypmod) AS base, t.typnotnull,
                   coalesce((SELECT array_agg(pg_get_constraintdef(k.oid) ORDER BY k.conname)
                             FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'), '{}') AS checks
            FROM pg_type t
            JOIN ns n ON n.oid = t.typnamespace
            WHERE t.typtype = 'd'
            """;

    private static final String COMPOSITES = """
            SELECT format_type(r.reltype, NULL) AS name, array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum) AS types
            FROM rel r
            JOIN pg_attribute a ON a.attrelid = r.relid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE r.relkind = 'c'
            GROUP BY r.reltype
            """;

    private TypeReader() {}

    static List<DataType> read(Session session, SchemaScope scope) {
        List<DataType> types = new ArrayList<>();
        types.addAll(
                session.query(scope.with(ENUMS), row -> new DataType.EnumType(row.text("name"), row.texts("labels"))));
        types.addAll(session.query(
                scope.with(DOMAINS),
                row -> new DataType.DomainType(
                        row.text("name"), row.text("base"), row.flag("typnotnull"), row.texts("checks"))));
        types.addAll(session.query(
                scope.with(COMPOSITES), row -> new DataType.CompositeType(row.text("name"), row.texts("types"))));
        return types;
    }
}
