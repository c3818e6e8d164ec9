package dev.godwit.db;

import dev.godwit.catalog.SchemaObject.Kind;
import dev.godwit.postgres.PostgresVersion;
import java.util.List;

/// Schemas, extensions, collations, types and sequences as DDL.
final class TypeObjects {
    /// Other schemas are made by CREATE, `public` is there already.
    private static final String SCHEMAS = """
            SELECT n.name AS identity, 'CREATE SCHEMA IF NOT EXISTS ' || n.name AS definition
            FROM ns n
            WHERE NOT EXISTS (
                SELECT FROM owned e WHERE e.classid = 'pg_namespace'::regclass AND e.objid = n.oid)
            """;

    /// The version is left out on purpose: servers of one major bring different ones.
    private static final String EXTENSIONS = """
            SELECT quote_ident(x.extname) AS identity,
                   'CREATE EXTENSION IF NOT EXISTS ' || quote_ident(x.extname)
                   || CASE WHEN own.objid IS NULL THEN ' WITH SCHEMA ' || quote_ident(n.nspname) ELSE '' END AS definition
            FROM pg_extension x
            JOIN pg_namespace n ON n.oid = x.extnamespace
            LEFT JOIN pg_depend own ON own.deptype = 'e' AND own.classid = 'pg_namespace'::regclass
                 AND own.objid = n.oid AND own.refobjid = x.oid
            """;

    private static final String COLLATIONS = """
            SELECT n.name || '.' || quote_ident(l.collname) AS identity,
                   format('CREATE COLLATION %s.%I (PROVIDER = %s, DETERMINISTIC = %s%s)', n.name, l.collname,
                          CASE l.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
                          l.collisdeterministic::text,
                          coalesce(', LOCALE = ' || quote_literal({locale}),
                                   format(', LC_COLLATE = %L, LC_CTYPE = %L', l.collcollate, l.collctype))) AS definition
            FROM pg_collation l
            JOIN ns n ON n.oid = l.collnamespace
            WHERE NOT EXISTS (
                SELECT FROM owned e WHERE e.classid = 'pg_collation'::regclass AND e.objid = l.oid)
            """;

    private static final String ENUMS = """
            SELECT n.name || '.' || quote_ident(t.typname) AS identity,
                   format(E'CREATE TYPE %s.%I AS ENUM (%s\\n)', n.name, t.typname, (
                       SELECT string_agg(E'\\n    ' || quote_literal(l.enumlabel), ',' ORDER BY l.enumsortorder)
                       FROM pg_enum l WHERE l.enumtypid = t.oid)) AS definition
            FROM pg_type t
            JOIN ns n ON n.oid = t.typnamespace
            WHERE t.typtype = 'e'
              AND NOT EXISTS (SELECT FROM owned e WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid)
            """;

    private static final String DOMAINS = """
            SELECT n.name || '.' || quote_ident(t.typname) AS identity,
                   format('CREATE DOMAIN %s.%I AS %s', n.name, t.typname, format_type(t.typbasetype, t.typtypmod))
                   || coalesce(' COLLATE ' || l.name, '')
                   || coalesce(' DEFAULT ' || t.typdefault, '')
                   || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
                   || coalesce((
                       SELECT string_agg(E'\\n    CONSTRAINT ' || quote_ident(k.conname) || ' '
                                         || pg_get_constraintdef(k.oid), '' ORDER BY k.conname)
                       FROM pg_constraint k
                       WHERE k.contypid = t.oid AND k.contype = 'c' AND k.convalidated), '') AS definition
            FROM pg_type t
            JOIN ns n ON n.oid = t.typnamespace
            JOIN pg_type base ON base.oid = t.typbasetype
            LEFT JOIN LATERAL (
                SELECT format('%I.%I', ln.nspname, lc.collname) AS name
                FROM pg_collation lc JOIN pg_namespace ln ON ln.oid = lc.collnamespace
                WHERE lc.oid = t.typcollation AND t.typcollation <> base.typcollation) l ON true
            WHERE t.typtype = 'd'
              AND NOT EXISTS (SELECT FROM owned e WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid)
            """;

    /// A domain's CHECK that is NOT VALID cannot stand in CREATE DOMAIN.
    private static final String DOMAIN_CHECKS = """
            SELECT format('%s.%I.%I', n.name, t.typname, k.conname) AS identity,
                   format('ALTER DOMAIN %s.%I ADD CONSTRAINT %I %s', n.name, t.typname, k.conname,
                          pg_get_constraintdef(k.oid)) AS definition
            FROM pg_constraint k
            JOIN pg_type t ON t.oid = k.contypid
            JOIN ns n ON n.oid = t.typnamespace
            WHERE k.contype = 'c' AND NOT k.convalidated
            """;

    private static final String COMPOSITES = """
            SELECT r.name AS identity,
                   format(E'CREATE TYPE %s AS (%s\\n)', r.name, (
                       SELECT string_agg(format(E'\\n    %I %s', a.attname, format_type(a.atttypid, a.atttypmod))
                              || coalesce(' COLLATE ' || (
                                  SELECT format('%I.%I', ln.nspname, lc.collname)
                                  FROM pg_collation lc JOIN pg_namespace ln ON ln.oid = lc.collnamespace
                                  WHERE lc.oid = a.attcollation AND a.attcollation <> at.typcollation), ''),
                              ',' ORDER BY a.attnum)
                       FROM pg_attribute a JOIN pg_type at ON at.oid = a.atttypid
                       WHERE a.attrelid = r.relid AND a.attnum > 0 AND NOT a.attisdropped)) AS definition
            FROM rel r
            WHERE r.relkind = 'c'
              AND NOT EXISTS (
                SELECT FROM owned e WHERE e.classid = 'pg_type'::regclass AND e.objid = r.reltype)
            """;

    private static final String RANGES = """
            SELECT n.name || '.' || quote_ident(t.typname) AS identity,
                   format('CREATE TYPE %s.%I AS RANGE (SUBTYPE = %s, SUBTYPE_OPCLASS = %I.%I%s%s%s)',
                          n.name, t.typname, format_type(g.rngsubtype, NULL), opn.nspname, op.opcname,
                          coalesce((
                              SELECT format(', COLLATION = %I.%I', ln.nspname, lc.collname)
                              FROM pg_collation lc JOIN pg_namespace ln ON ln.oid = lc.collnamespace
                              WHERE lc.oid = g.rngcollation), ''),
                          CASE WHEN g.rngsubdiff <> 0 THEN ', SUBTYPE_DIFF = ' || g.rngsubdiff ELSE '' END,
                          {multirange}) AS definition
            FROM pg_range g
            JOIN pg_type t ON t.oid = g.rngtypid
            JOIN ns n ON n.oid = t.typnamespace
            JOIN pg_opclass op ON op.oid = g.rngsubopc
            JOIN pg_namespace opn ON opn.oid = op.opcnamespace
            WHERE NOT EXISTS (SELECT FROM owned e WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid)
            """;

    /// Sequences of identity columns belong to their table's definition.
    private static final String SEQUENCES = """
            SELECT r.name AS identity,
                   format('CREATE %sSEQUENCE %s AS %s INCREMENT BY %s MINVALUE %s MAXVALUE %s START WITH %s CACHE %s%s',
                          CASE r.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END, r.name,
                          format_type(s.seqtypid, NULL), s.seqincrement, s.seqmin, s.seqmax, s.seqstart, s.seqcache,
                          CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END) AS definition
            FROM pg_sequence s
            JOIN rel r ON r.relid = s.seqrelid
            LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid
                 AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
            WHERE d.objid IS NULL OR (d.deptype = 'a' AND EXISTS (SELECT FROM rel t WHERE t.relid = d.refobjid))
            """;

    private static final String SEQUENCE_OWNERS = """
            SELECT r.name AS identity,
                   format('ALTER SEQUENCE %s OWNED BY %s.%I', r.name, t.name, a.attname) AS definition
            FROM pg_depend d
            JOIN rel r ON r.relid = d.objid AND r.relkind = 'S'
            JOIN rel t ON t.relid = d.refobjid
            JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
            WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'a'
            """;

    private TypeObjects() {}

    static List<ObjectQuery> queries(PostgresVersion version) {
        return List.of(
                new ObjectQuery(Kind.SCHEMA, SCHEMAS),
                new ObjectQuery(Kind.EXTENSION, EXTENSIONS),
                new ObjectQuery(Kind.COLLATION, COLLATIONS.replace("{locale}", locale(version))),
                new ObjectQuery(Kind.TYPE, ENUMS),
                new ObjectQuery(Kind.TYPE, DOMAINS),
                new ObjectQuery(Kind.TYPE, COMPOSITES),
                new ObjectQuery(Kind.TYPE, RANGES.replace("{multirange}", multirange(version))),
                new ObjectQuery(Kind.CHECK, DOMAIN_CHECKS),
                new ObjectQuery(Kind.SEQUENCE, SEQUENCES),
                new ObjectQuery(Kind.SEQUENCE_OWNER, SEQUENCE_OWNERS));
    }

    /// The column that holds an ICU locale was renamed twice.
    private static String locale(PostgresVersion version) {
        if (version.atLeast(17)) {
            return "l.colllocale";
        }
        return version.atLeast(15) ? "l.colliculocale" : "CASE WHEN l.collprovider = 'i' THEN l.collcollate::text END";
    }

    private static String multirange(PostgresVersion version) {
        return version.atLeast(14)
                ? "', MULTIRANGE_TYPE_NAME = ' || (SELECT format('%I.%I', mn.nspname, m.typname) FROM pg_type m"
                        + " JOIN pg_namespace mn ON mn.oid = m.typnamespace WHERE m.oid = g.rngmultitypid)"
                : "''";
    }
}
