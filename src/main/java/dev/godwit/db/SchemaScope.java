package dev.godwit.db;

import dev.godwit.postgres.Identifiers;
import dev.godwit.postgres.QualifiedName;
import java.util.Set;
import java.util.stream.Collectors;

/// What counts as the user's schema, as common table expressions that every catalog query begins with:
///
/// - `ns`: schemas but for the system's and Godwit's own;
/// - `rel`: their relations but for ignored tables and what an extension owns; `name` is the quoted, qualified name;
/// - `owned`: what belongs to an extension, and functions and casts that a range type brings, by `classid`, `objid`.
final class SchemaScope {
    private static final String TABLES = """
            WITH ns AS (
                SELECT n.oid, n.nspname, n.nspowner, n.nspacl, quote_ident(n.nspname) AS name
                FROM pg_namespace n
                WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'godwit')
            ), owned AS (
                SELECT d.classid, d.objid FROM pg_depend d
                WHERE d.deptype = 'e'
                   OR d.deptype = 'i' AND d.classid IN ('pg_proc'::regclass, 'pg_cast'::regclass)
            ), rel AS (
                SELECT c.*, c.oid AS relid, format('%I.%I', n.nspname, c.relname) AS name, n.nspname
                FROM pg_class c
                JOIN ns n ON n.oid = c.relnamespace
                WHERE (n.nspname, c.relname) NOT IN (VALUES {ignored})
                  AND NOT EXISTS (SELECT FROM owned e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid)
            )
            """;

    /// No relation has an empty name; it keeps the list from being empty.
    private static final String NOTHING = "(''::name, ''::name)";

    private final String expressions;

    SchemaScope(Set<QualifiedName> ignoredTables) {
        String ignored = ignoredTables.stream()
                .sorted()
                .map(table -> ", (" + name(table.schema()) + ", " + name(table.name()) + ")")
                .collect(Collectors.joining("", NOTHING, ""));
        this.expressions = TABLES.replace("{ignored}", ignored);
    }

    private static String name(String name) {
        return Identifiers.literal(name) + "::name";
    }

    String with(String sql) {
        return expressions + sql;
    }
}
