package dev.godwit.db;

import dev.godwit.catalog.SchemaObject.Kind;
import dev.godwit.postgres.PostgresVersion;
import java.util.List;

/// Tables with their columns, and what is set on them apart: defaults, column settings, partitions, views.
///
/// A partition is written as a table of its own that is attached later, so that its column order and its own
/// constraints and indexes keep their names; a child of plain inheritance lists its own columns only.
final class TableObjects {
    private static final String TABLES = """
            , col AS (
                SELECT a.attrelid,
                       string_agg(format(E'\\n    %I %s', a.attname, format_type(a.atttypid, a.atttypmod))
                           || coalesce(' COLLATE ' || quote_ident(ln.nspname) || '.' || quote_ident(l.collname), '')
                           || CASE a.attgenerated WHEN 's' THEN ' GENERATED ALWAYS AS (' || pg_get_expr(g.adbin, g.adrelid) || ') STORED'
                                                  WHEN 'v' THEN ' GENERATED ALWAYS AS (' || pg_get_expr(g.adbin, g.adrelid) || ') VIRTUAL'
                                                  ELSE '' END
                           || coalesce(i.clause, '')
                           || {not_null},
                           ',' ORDER BY a.attnum) AS lines
                FROM pg_attribute a
                JOIN rel r ON r.relid = a.attrelid
                JOIN pg_type t ON t.oid = a.atttypid
                LEFT JOIN pg_collation l ON l.oid = a.attcollation AND a.attcollation <> t.typcollation
                LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
                LEFT JOIN pg_attrdef g ON g.adrelid = a.attrelid AND g.adnum = a.attnum AND a.attgenerated <> ''
                LEFT JOIN (
                    SELECT d.refobjid, d.refobjsubid,
                           format(' GENERATED %s AS IDENTITY (SEQUENCE NAME %s INCREMENT BY %s MINVALUE %s MAXVALUE %s'
                                  ' START WITH %s CACHE %s%s)',
                                  CASE ia.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, sr.name,
                                  s.seqincrement, s.seqmin, s.seqmax, s.seqstart, s.seqcache,
                                  CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END) AS clause
                    FROM pg_depend d
                    JOIN pg_sequence s ON s.seqrelid = d.objid
                    JOIN rel sr ON sr.relid = d.objid
                    JOIN pg_attribute ia ON ia.attrelid = d.refobjid AND ia.attnum = d.refobjsubid
                    WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'i'
                ) i ON i.refobjid = a.attrelid AND i.refobjsubid = a.attnum
                {not_null_join}
                WHERE a.attnum > 0 AND NOT a.attisdropped AND (a.attislocal OR r.relispartition)
                GROUP BY a.attrelid
            ), option AS (
                SELECT o.oid AS relid, string_agg(o.line, ', ' ORDER BY o.line) AS list
                FROM (
                    SELECT r.oid, split_part(x, '=', 1) || '=' || quote_literal(substr(x, strpos(x, '=') + 1)) AS line
                    FROM rel r, unnest(r.reloptions) x
                    UNION ALL
                    SELECT r.oid, 'toast.' || split_part(x, '=', 1) || '=' || quote_literal(substr(x, strpos(x, '=') + 1))
                    FROM rel r JOIN pg_class toast ON toast.oid = r.reltoastrelid, unnest(toast.reloptions) x
                ) o
                GROUP BY o.oid
            ), parent AS (
                SELECT h.inhrelid, string_agg(p.name, ', ' ORDER BY h.inhseqno) AS list
                FROM pg_inherits h JOIN rel p ON p.relid = h.inhparent
                GROUP BY h.inhrelid
            )
            """;

    private static final String SELECT_TABLES = """
            SELECT r.name AS identity,
                   'CREATE ' || CASE r.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END
                   || CASE r.relkind WHEN 'f' THEN 'FOREIGN ' ELSE '' END || 'TABLE ' || r.name
                   || CASE WHEN r.reloftype <> 0 THEN ' OF ' || format_type(r.reloftype, NULL)
                           ELSE ' (' || coalesce(c.lines, '') || E'\\n)' END
                   || CASE WHEN r.relispartition THEN '' ELSE coalesce(E'\\nINHERITS (' || p.list || ')', '') END
                   || CASE WHEN r.relkind = 'p' THEN E'\\nPARTITION BY ' || pg_get_partkeydef(r.relid) ELSE '' END
                   || CASE WHEN am.amname <> 'heap' THEN E'\\nUSING ' || quote_ident(am.amname) ELSE '' END
                   || coalesce(E'\\nWITH (' || o.list || ')', '')
                   || coalesce(E'\\nSERVER ' || quote_ident(fs.srvname), '') AS definition
            FROM rel r
            LEFT JOIN col c ON c.attrelid = r.relid
            LEFT JOIN option o ON o.relid = r.relid
            LEFT JOIN parent p ON p.inhrelid = r.relid
            LEFT JOIN pg_am am ON am.oid = r.relam AND r.relkind = 'r'
            LEFT JOIN pg_foreign_table ft ON ft.ftrelid = r.relid
            LEFT JOIN pg_foreign_server fs ON fs.oid = ft.ftserver
            WHERE r.relkind IN ('r', 'p', 'f')
            """;

    private static final String SELECT_VIEWS = """
            SELECT r.name AS identity,
                   'CREATE ' || CASE r.relkind WHEN 'm' THEN 'MATERIALIZED VIEW ' ELSE 'VIEW ' END || r.name
                   || coalesce(E'\\nWITH (' || o.list || ')', '')
                   || E' AS\\n' || rtrim(pg_get_viewdef(r.relid), ';')
                   || CASE WHEN r.relkind = 'v' THEN '' WHEN r.relispopulated THEN E'\\nWITH DATA'
                           ELSE E'\\nWITH NO DATA' END AS definition
            FROM rel r
            LEFT JOIN option o ON o.relid = r.relid
            WHERE r.relkind = '{kind}'
            """;

    private static final String DEFAULTS = """
            SELECT format('%s.%I', r.name, a.attname) AS identity,
                   format('ALTER TABLE ONLY %s ALTER COLUMN %I SET DEFAULT %s', r.name, a.attname,
                          pg_get_expr(d.adbin, d.adrelid)) AS definition
            FROM pg_attrdef d
            JOIN rel r ON r.relid = d.adrelid
            JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
            WHERE a.attgenerated = '' AND NOT a.attisdropped
            """;

    /// Without `pg_attver`, which Debian's 15.20 writes by itself, a new number with each ALTER TABLE: it is no
    /// setting.
    private static final String COLUMN_SETTINGS = """
            SELECT format('%s.%I', s.name, s.attname) AS identity,
                   string_agg(format('ALTER TABLE ONLY %s ALTER COLUMN %I %s', s.name, s.attname, s.clause),
                              E';\\n' ORDER BY s.clause) AS definition
            FROM (
                SELECT r.name, a.attname, unnest(ARRAY[
                    CASE WHEN a.attstorage <> t.typstorage AND r.relkind IN ('r', 'p', 'm')
                         THEN 'SET STORAGE ' || CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL'
                                                     WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END END,
                    CASE {compression} WHEN 'p' THEN 'SET COMPRESSION pglz' WHEN 'l' THEN 'SET COMPRESSION lz4' END,
                    CASE WHEN coalesce(a.attstattarget, -1) >= 0 THEN 'SET STATISTICS ' || a.attstattarget END,
                    (SELECT 'SET (' || string_agg(split_part(x, '=', 1) || '='
                                                  || quote_literal(substr(x, strpos(x, '=') + 1)), ', ' ORDER BY x) || ')'
                     FROM unnest(a.attoptions) x WHERE strpos(x, 'pg_attver=') <> 1),
                    CASE WHEN a.attnotnull AND NOT a.attislocal AND NOT r.relispartition AND r.relkind = 'r'
                         THEN 'SET NOT NULL' END]) AS clause
                FROM pg_attribute a
                JOIN rel r ON r.relid = a.attrelid AND r.relkind IN ('r', 'p', 'm', 'f')
                JOIN pg_type t ON t.oid = a.atttypid
                WHERE a.attnum > 0 AND NOT a.attisdropped) s
            WHERE s.clause IS NOT NULL
            GROUP BY s.name, s.attname
            """;

    private static final String PARTITIONS = """
            SELECT r.name AS identity,
                   format('ALTER TABLE ONLY %s ATTACH PARTITION %s %s', p.name, r.name,
                          pg_get_expr(r.relpartbound, r.relid)) AS definition
            FROM rel r
            JOIN pg_inherits h ON h.inhrelid = r.relid
            JOIN rel p ON p.relid = h.inhparent
            WHERE r.relispartition AND r.relkind IN ('r', 'p', 'f')
            """;

    private TableObjects() {}

    static List<ObjectQuery> queries(PostgresVersion version) {
        String with = TABLES.replace("{not_null}", notNull(version)).replace("{not_null_join}", notNullJoin(version));
        return List.of(
                new ObjectQuery(Kind.TABLE, with + SELECT_TABLES),
                new ObjectQuery(Kind.DEFAULT, DEFAULTS),
                new ObjectQuery(Kind.COLUMN_SETTING, COLUMN_SETTINGS.replace("{compression}", compression(version))),
                new ObjectQuery(Kind.PARTITION, PARTITIONS),
                new ObjectQuery(Kind.VIEW, with + SELECT_VIEWS.replace("{kind}", "v")),
                new ObjectQuery(Kind.MATERIALIZED_VIEW, with + SELECT_VIEWS.replace("{kind}", "m")));
    }

    /// From 18 on NOT NULL is a constraint with a name; the name that the server would choose is left out, and one that
    /// is NOT VALID or NO INHERIT stands apart, as a CHECK does.
    private static String notNull(PostgresVersion version) {
        return version.atLeast(18) ? """
                  CASE WHEN nn.conname IS NULL OR NOT nn.convalidated OR nn.connoinherit THEN ''
                                  WHEN nn.conname = r.relname || '_' || a.attname || '_not_null' THEN ' NOT NULL'
                                  ELSE ' CONSTRAINT ' || quote_ident(nn.conname) || ' NOT NULL' END""" : "CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END";
    }

    private static String notNullJoin(PostgresVersion version) {
        return version.atLeast(18)
                ? "LEFT JOIN pg_constraint nn ON nn.conrelid = a.attrelid AND nn.contype = 'n'"
                        + " AND nn.conkey = ARRAY[a.attnum]"
                : "";
    }

    private static String compression(PostgresVersion version) {
        return version.atLeast(14) ? "a.attcompression" : "''";
    }
}
