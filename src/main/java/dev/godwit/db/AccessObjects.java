package dev.godwit.db;

import dev.godwit.catalog.SchemaObject.Kind;
import dev.godwit.postgres.PostgresVersion;
import java.util.List;

/// Event triggers, publications, comments and grants as DDL.
final class AccessObjects {
    private static final String EVENT_TRIGGERS = """
            SELECT quote_ident(t.evtname) AS identity,
                   format('CREATE EVENT TRIGGER %I ON %s%s EXECUTE FUNCTION %I.%I()', t.evtname, t.evtevent,
                          coalesce(' WHEN TAG IN (' || (
                              SELECT string_agg(quote_literal(g), ', ' ORDER BY g) FROM unnest(t.evttags) g) || ')', ''),
                          fn.nspname, f.proname)
                   || CASE t.evtenabled WHEN 'O' THEN ''
                           ELSE format(E';\\nALTER EVENT TRIGGER %I %s', t.evtname,
                                       CASE t.evtenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END)
                      END AS definition
            FROM pg_event_trigger t
            JOIN pg_proc f ON f.oid = t.evtfoid
            JOIN pg_namespace fn ON fn.oid = f.pronamespace
            WHERE NOT EXISTS (SELECT FROM owned e WHERE e.classid = 'pg_event_trigger'::regclass AND e.objid = t.oid)
            """;

    private static final String PUBLICATIONS = """
            SELECT quote_ident(p.pubname) AS identity,
                   format('CREATE PUBLICATION %I%s WITH (publish = %L, publish_via_partition_root = %s)', p.pubname,
                          CASE WHEN p.puballtables THEN ' FOR ALL TABLES' ELSE '' END,
                          concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
                                    CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END),
                          p.pubviaroot::text) AS definition
            FROM pg_publication p
            UNION ALL
            SELECT format('%I table %s', p.pubname, r.name),
                   format('ALTER PUBLICATION %I ADD TABLE ONLY %s%s', p.pubname, r.name, {part})
            FROM pg_publication_rel m
            JOIN pg_publication p ON p.oid = m.prpubid
            JOIN rel r ON r.relid = m.prrelid
            """;

    private static final String PUBLISHED_PART = """
            coalesce((SELECT ' (' || string_agg(quote_ident(a.attname), ', ' ORDER BY a.attname) || ')'
                               FROM pg_attribute a WHERE a.attrelid = r.relid AND a.attnum = ANY (m.prattrs)), '')
                          || coalesce(' WHERE (' || pg_get_expr(m.prqual, m.prrelid) || ')', '')""";

    /// Comments on what the schema holds; extensions bring their own.
    private static final String COMMENTS = """
            SELECT o.type || ' ' || o.identity AS identity,
                   format('COMMENT ON %s %s IS %L',
                          CASE WHEN o.type LIKE '% column' THEN 'COLUMN'
                               WHEN o.type IN ('table constraint', 'domain constraint') THEN 'CONSTRAINT'
                               WHEN o.type = 'statistics object' THEN 'STATISTICS'
                               ELSE upper(o.type) END,
                          CASE WHEN o.type = 'domain constraint' THEN regexp_replace(o.identity, ' on (?!.* on )', ' ON DOMAIN ')
                               ELSE o.identity END,
                          d.description) AS definition
            FROM pg_description d
            LEFT JOIN pg_constraint k ON d.classoid = 'pg_constraint'::regclass AND k.oid = d.objoid
            LEFT JOIN pg_trigger t ON d.classoid = 'pg_trigger'::regclass AND t.oid = d.objoid
            LEFT JOIN pg_rewrite w ON d.classoid = 'pg_rewrite'::regclass AND w.oid = d.objoid
            LEFT JOIN pg_policy y ON d.classoid = 'pg_policy'::regclass AND y.oid = d.objoid
            LEFT JOIN pg_index i ON d.classoid = 'pg_class'::regclass AND i.indexrelid = d.objoid
            LEFT JOIN pg_type ty ON d.classoid = 'pg_type'::regclass AND ty.oid = d.objoid
            LEFT JOIN pg_type kt ON kt.oid = k.contypid
            LEFT JOIN pg_proc f ON d.classoid = 'pg_proc'::regclass AND f.oid = d.objoid,
            LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) o
            WHERE d.objoid >= 16384
              AND NOT EXISTS (SELECT FROM owned e WHERE e.classid = d.classoid AND e.objid = d.objoid)
              AND (d.classoid IN ('pg_statistic_ext'::regclass, 'pg_event_trigger'::regclass, 'pg_publication'::regclass,
                                  'pg_collation'::regclass, 'pg_operator'::regclass, 'pg_cast'::regclass,
                                  'pg_ts_config'::regclass, 'pg_ts_dict'::regclass)
                   OR EXISTS (SELECT FROM rel r WHERE r.relid = coalesce(nullif(k.conrelid, 0), t.tgrelid, w.ev_class, y.polrelid, i.indrelid,
                                  CASE WHEN d.classoid = 'pg_class'::regclass THEN d.objoid END))
                   OR EXISTS (SELECT FROM ns n WHERE n.oid = coalesce(ty.typnamespace, kt.typnamespace, f.pronamespace,
                                  CASE WHEN d.classoid = 'pg_namespace'::regclass THEN d.objoid END)))
            """;

    /// One object for each grantee of each object, the owner's own rights and the server's defaults for PUBLIC left
    /// out; a default that PUBLIC has lost is a REVOKE.
    private static final String GRANTS = """
            , holder(what, name, acl, standard, owner) AS (
                SELECT CASE r.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, r.name, r.relacl,
                       acldefault(CASE r.relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END, r.relowner), r.relowner
                FROM rel r WHERE r.relkind IN ('r', 'p', 'f', 'v', 'm', 'S') AND r.relacl IS NOT NULL
                UNION ALL
                SELECT CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END,
                       format('%s.%I(%s)', n.name, p.proname, pg_get_function_identity_arguments(p.oid)), p.proacl,
                       acldefault('f', p.proowner), p.proowner
                FROM pg_proc p JOIN ns n ON n.oid = p.pronamespace
                WHERE p.proacl IS NOT NULL
                  AND NOT EXISTS (SELECT FROM owned e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid)
                UNION ALL
                SELECT 'TYPE', format('%s.%I', n.name, t.typname), t.typacl, acldefault('T', t.typowner), t.typowner
                FROM pg_type t JOIN ns n ON n.oid = t.typnamespace
                WHERE t.typacl IS NOT NULL
                  AND NOT EXISTS (SELECT FROM owned e WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid)
                UNION ALL
                SELECT 'SCHEMA', n.name, n.nspacl, acldefault('n', n.nspowner), n.nspowner
                FROM ns n WHERE n.nspacl IS NOT NULL
            ), right_of(what, name, part, grantee, privilege, grantable) AS (
                SELECT h.what, h.name, '', x.grantee, x.privilege_type, x.is_grantable
                FROM holder h, aclexplode(h.acl) x
                WHERE x.grantee <> h.owner
                  AND NOT EXISTS (
                    SELECT FROM aclexplode(h.standard) s WHERE s.grantee = x.grantee AND s.privilege_type = x.privilege_type)
                UNION
                SELECT 'TABLE', r.name, format(' (%I)', a.attname), x.grantee, x.privilege_type, x.is_grantable
                FROM rel r
                JOIN pg_attribute a ON a.attrelid = r.relid AND a.attacl IS NOT NULL AND NOT a.attisdropped,
                aclexplode(a.attacl) x
                WHERE x.grantee <> r.relowner
            )
            SELECT format('%s %s%s to %s%s', g.what, g.name, g.part, g.role, CASE WHEN g.grantable THEN ' with grant option' ELSE '' END) AS identity,
                   format('GRANT %s ON %s %s TO %s%s',
                          string_agg(g.privilege || g.part, ', ' ORDER BY g.privilege), g.what, g.name, g.role,
                          CASE WHEN g.grantable THEN ' WITH GRANT OPTION' ELSE '' END) AS definition
            FROM (
                SELECT ri.*, coalesce(quote_ident(o.rolname), 'PUBLIC') AS role
                FROM right_of ri LEFT JOIN pg_roles o ON o.oid = ri.grantee) g
            GROUP BY g.what, g.name, g.part, g.role, g.grantable
            UNION ALL
            SELECT format('%s %s from PUBLIC', h.what, h.name),
                   format('REVOKE %s ON %s %s FROM PUBLIC', string_agg(s.privilege_type, ', ' ORDER BY s.privilege_type), h.what, h.name)
            FROM holder h, aclexplode(h.standard) s
            WHERE s.grantee = 0
              AND NOT EXISTS (
                SELECT FROM aclexplode(h.acl) x WHERE x.grantee = 0 AND x.privilege_type = s.privilege_type)
            GROUP BY h.what, h.name
            """;

    private AccessObjects() {}

    static List<ObjectQuery> queries(PostgresVersion version) {
        String publications = PUBLICATIONS.replace("{part}", version.atLeast(15) ? PUBLISHED_PART : "''");
        return List.of(
                new ObjectQuery(Kind.EVENT_TRIGGER, EVENT_TRIGGERS),
                new ObjectQuery(Kind.PUBLICATION, publications),
                new ObjectQuery(Kind.COMMENT, COMMENTS),
                new ObjectQuery(Kind.GRANT, GRANTS));
    }
}
