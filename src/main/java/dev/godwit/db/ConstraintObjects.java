package dev.godwit.db;

import dev.godwit.catalog.SchemaObject.Kind;
import dev.godwit.postgres.PostgresVersion;
import java.util.List;

/// Constraints, indexes, statistics objects and settings of tables as DDL.
final class ConstraintObjects {
    /// What a child inherits is made with its parent's; a partition has its own, since it is attached later.
    private static final String CHECKS = """
            SELECT format('%s.%I', r.name, k.conname) AS identity,
                   format('ALTER TABLE %s ADD CONSTRAINT %I %s', r.name, k.conname, pg_get_constraintdef(k.oid)) AS definition
            FROM pg_constraint k
            JOIN rel r ON r.relid = k.conrelid
            WHERE (k.contype = 'c' {apart}) AND (k.conislocal OR r.relispartition)
            """;

    private static final String CONSTRAINTS = """
            SELECT format('%s.%I', r.name, k.conname) AS identity,
                   format('ALTER TABLE ONLY %s ADD CONSTRAINT %I %s', r.name, k.conname, pg_get_constraintdef(k.oid)) AS definition
            FROM pg_constraint k
            JOIN rel r ON r.relid = k.conrelid
            WHERE k.contype IN ('p', 'u', 'x')
            """;

    /// Clones that the server keeps for partitions hang on their parent's and are left out.
    private static final String FOREIGN_KEYS = """
            SELECT format('%s.%I', r.name, k.conname) AS identity,
                   format('ALTER TABLE %s%s ADD CONSTRAINT %I %s', CASE r.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END,
                          r.name, k.conname, pg_get_constraintdef(k.oid)) AS definition
            FROM pg_constraint k
            JOIN rel r ON r.relid = k.conrelid
            WHERE k.contype = 'f' AND k.conparentid = 0
            """;

    /// An index that a constraint made is the constraint's. An invalid one says so in a comment.
    private static final String INDEXES = """
            SELECT format('%I.%I', r.nspname, x.relname) AS identity,
                   pg_get_indexdef(i.indexrelid)
                   || CASE WHEN i.indisvalid OR x.relkind = 'I' THEN '' ELSE E'\\n-- invalid' END AS definition
            FROM pg_index i
            JOIN rel r ON r.relid = i.indrelid
            JOIN pg_class x ON x.oid = i.indexrelid
            WHERE r.relkind IN ('r', 'p', 'm')
              AND NOT EXISTS (
                SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
            """;

    private static final String INDEX_PARTITIONS = """
            SELECT format('%I.%I', r.nspname, x.relname) AS identity,
                   format('ALTER INDEX %I.%I ATTACH PARTITION %I.%I', pn.nspname, px.relname, r.nspname, x.relname) AS definition
            FROM pg_inherits h
            JOIN pg_index i ON i.indexrelid = h.inhrelid
            JOIN rel r ON r.relid = i.indrelid
            JOIN pg_class x ON x.oid = i.indexrelid
            JOIN pg_class px ON px.oid = h.inhparent
            JOIN pg_namespace pn ON pn.oid = px.relnamespace
            """;

    private static final String STATISTICS = """
            SELECT format('%I.%I', sn.nspname, s.stxname) AS identity, pg_get_statisticsobjdef(s.oid) AS definition
            FROM pg_statistic_ext s
            JOIN rel r ON r.relid = s.stxrelid
            JOIN pg_namespace sn ON sn.oid = s.stxnamespace
            """;

    private static final String TABLE_SETTINGS = """
            SELECT r.name || ' ' || v.what AS identity, v.definition
            FROM rel r,
            LATERAL (VALUES
                ('row security', CASE WHEN r.relrowsecurity THEN format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', r.name) END),
                ('forced row security', CASE WHEN r.relforcerowsecurity THEN format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', r.name) END),
                ('replica identity', CASE r.relreplident WHEN 'f' THEN format('ALTER TABLE ONLY %s REPLICA IDENTITY FULL', r.name)
                                                         WHEN 'n' THEN format('ALTER TABLE ONLY %s REPLICA IDENTITY NOTHING', r.name) END)
            ) AS v(what, definition)
            WHERE v.definition IS NOT NULL AND r.relkind IN ('r', 'p')
            UNION ALL
            SELECT r.name || ' replica identity',
                   format('ALTER TABLE ONLY %s REPLICA IDENTITY USING INDEX %I', r.name, x.relname)
            FROM pg_index i JOIN rel r ON r.relid = i.indrelid AND r.relreplident = 'i'
            JOIN pg_class x ON x.oid = i.indexrelid
            WHERE i.indisreplident
            UNION ALL
            SELECT r.name || ' cluster', format('ALTER TABLE %s CLUSTER ON %I', r.name, x.relname)
            FROM pg_index i JOIN rel r ON r.relid = i.indrelid
            JOIN pg_class x ON x.oid = i.indexrelid
            WHERE i.indisclustered
            UNION ALL
            SELECT format('%I.%I options', r.nspname, x.relname),
                   format('ALTER INDEX %I.%I SET (%s)', r.nspname, x.relname, (
                       SELECT string_agg(split_part(o, '=', 1) || '=' || quote_literal(substr(o, strpos(o, '=') + 1)), ', ' ORDER BY o)
                       FROM unnest(x.reloptions) o))
            FROM pg_constraint k
            JOIN rel r ON r.relid = k.conrelid
            JOIN pg_class x ON x.oid = k.conindid
            WHERE k.contype IN ('p', 'u', 'x') AND x.reloptions IS NOT NULL
            UNION ALL
            SELECT r.name || ' tablespace', format('ALTER TABLE %s SET TABLESPACE %I', r.name, s.spcname)
            FROM rel r JOIN pg_tablespace s ON s.oid = r.reltablespace
            WHERE r.relkind IN ('r', 'p', 'm')
            UNION ALL
            SELECT format('%I.%I tablespace', r.nspname, x.relname),
                   format('ALTER INDEX %I.%I SET TABLESPACE %I', r.nspname, x.relname, s.spcname)
            FROM pg_index i JOIN rel r ON r.relid = i.indrelid
            JOIN pg_class x ON x.oid = i.indexrelid
            JOIN pg_tablespace s ON s.oid = x.reltablespace
            UNION ALL
            SELECT format('%s trigger %I', r.name, t.tgname),
                   format('ALTER TABLE %s %s TRIGGER %I', r.name,
                          CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, t.tgname)
            FROM pg_trigger t JOIN rel r ON r.relid = t.tgrelid
            WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND t.tgenabled <> 'O'
            UNION ALL
            SELECT format('%s rule %I', r.name, w.rulename),
                   format('ALTER TABLE %s %s RULE %I', r.name,
                          CASE w.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, w.rulename)
            FROM pg_rewrite w JOIN rel r ON r.relid = w.ev_class
            WHERE w.ev_enabled <> 'O'
            """;

    private ConstraintObjects() {}

    static List<ObjectQuery> queries(PostgresVersion version) {
        String apart = version.atLeast(18) ? "OR k.contype = 'n' AND (NOT k.convalidated OR k.connoinherit)" : "";
        return List.of(
                new ObjectQuery(Kind.CHECK, CHECKS.replace("{apart}", apart)),
                new ObjectQuery(Kind.CONSTRAINT, CONSTRAINTS),
                new ObjectQuery(Kind.FOREIGN_KEY, FOREIGN_KEYS),
                new ObjectQuery(Kind.INDEX, INDEXES),
                new ObjectQuery(Kind.INDEX_PARTITION, INDEX_PARTITIONS),
                new ObjectQuery(Kind.STATISTICS, STATISTICS),
                new ObjectQuery(Kind.TABLE_SETTING, TABLE_SETTINGS));
    }
}
