package dev.godwit.db;

import dev.godwit.postgres.QualifiedName;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The file that holds each table, as this session's transaction sees it: another file after a statement means that the
/// statement wrote the table anew.
///
/// Source: PostgreSQL manual, section 9.28.7, `pg_relation_filenode`.
public record Filenodes(Map<QualifiedName, Long> files) {
    private static final String SELECT = """
            SELECT n.nspname::text AS schema, c.relname::text AS name, pg_relation_filenode(c.oid)::bigint AS file
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'godwit')
              AND pg_relation_filenode(c.oid) IS NOT NULL""";

    public Filenodes {
        files = Map.copyOf(files);
    }

    public static Filenodes of(Queries session) {
        Map<QualifiedName, Long> files = new TreeMap<>();
        session.query(
                SELECT,
                row -> files.put(new QualifiedName(row.text("schema"), row.text("name")), row.number("file")) == null);
        return new Filenodes(files);
    }

    /// @return the tables that were there then and have another file now
    public Set<QualifiedName> rewrittenSince(Filenodes earlier) {
        Set<QualifiedName> rewritten = new TreeSet<>();
        files.forEach((table, file) -> {
            Long old = earlier.files.get(table);
            if (old != null && !old.equals(file)) {
                rewritten.add(table);
            }
        });
        return rewritten;
    }
}
