package dev.godwit.db;

import dev.godwit.catalog.SchemaObject.Kind;
import java.util.List;

/// Functions, procedures, aggregates, operators, casts, text search, triggers, rules and policies as DDL.
final class RoutineObjects {
    private static final String FUNCTIONS = """
            SELECT format('%s.%I(%s)', n.name, p.proname, pg_get_function_identity_arguments(p.oid)) AS identity,
                   pg_get_functiondef(p.oid) AS definition
            FROM pg_proc p
            JOIN ns n ON n.oid = p.pronamespace
            WHERE p.prokind <> 'a'
              AND NOT EXISTS (SELECT FROM owned e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid)
            """;

    private static final String AGGREGATES = """
            SELECT format('%s.%I(%s)', n.name, p.proname, pg_get_function_identity_arguments(p.oid)) AS identity,
                   format(E'CREATE AGGREGATE %s.%I(%s) (\\n    SFUNC = %s,\\n    STYPE = %s', n.name, p.proname,
                          CASE WHEN p.pronargs = 0 THEN '*' ELSE pg_get_function_arguments(p.oid) END,
                          g.aggtransfn, format_type(g.aggtranstype, NULL))
                   || CASE WHEN g.aggtransspace <> 0 THEN E',\\n    SSPACE = ' || g.aggtransspace ELSE '' END
                   || CASE WHEN g.aggfinalfn <> 0 THEN E',\\n    FINALFUNC = ' || g.aggfinalfn ELSE '' END
                   || CASE WHEN g.aggfinalextra THEN E',\\n    FINALFUNC_EXTRA' ELSE '' END
                   || CASE WHEN g.aggcombinefn <> 0 THEN E',\\n    COMBINEFUNC = ' || g.aggcombinefn ELSE '' END
                   || CASE WHEN g.aggserialfn <> 0 THEN E',\\n    SERIALFUNC = ' || g.aggserialfn ELSE '' END
                   || CASE WHEN g.aggdeserialfn <> 0 THEN E',\\n    DESERIALFUNC = ' || g.aggdeserialfn ELSE '' END
                   || coalesce(E',\\n    INITCOND = ' || quote_literal(g.agginitval), '')
                   || CASE WHEN g.aggmtransfn <> 0 THEN E',\\n    MSFUNC = ' || g.aggmtransfn || E',\\n    MINVFUNC = ' || g.aggminvtransfn
                           || E',\\n    MSTYPE = ' || format_type(g.aggmtranstype, NULL) ELSE '' END
                   || CASE WHEN g.aggmfinalfn <> 0 THEN E',\\n    MFINALFUNC = ' || g.aggmfinalfn ELSE '' END
                   || coalesce(E',\\n    MINITCOND = ' || quote_literal(g.aggminitval), '')
                   || CASE WHEN g.aggsortop <> 0 THEN format(E',\\n    SORTOP = OPERATOR(%I.%s)', o.nspname, o.oprname) ELSE '' END
                   || CASE g.aggkind WHEN 'h' THEN E',\\n    HYPOTHETICAL' ELSE '' END
                   || CASE p.proparallel WHEN 's' THEN E',\\n    PARALLEL = SAFE' WHEN 'r' THEN E',\\n    PARALLEL = RESTRICTED' ELSE '' END
                   || E'\\n)' AS definition
            FROM pg_proc p
            JOIN ns n ON n.oid = p.pronamespace
            JOIN pg_aggregate g ON g.aggfnoid = p.oid
            LEFT JOIN (
                SELECT op.oid, op.oprname, opn.nspname
                FROM pg_operator op JOIN pg_namespace opn ON opn.oid = op.oprnamespace) o ON o.oid = g.aggsortop
            WHERE NOT EXISTS (SELECT FROM owned e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid)
            """;

    /// An operator that is only the shell of another's COMMUTATOR has no function.
    private static final String OPERATORS = """
            SELECT format('%s.%s(%s, %s)', n.name, o.oprname, CASE o.oprleft WHEN 0 THEN 'none' ELSE format_type(o.oprleft, NULL) END,
                          format_type(o.oprright, NULL)) AS identity,
                   format('CREATE OPERATOR %s.%s (FUNCTION = %s%s, RIGHTARG = %s', n.name, o.oprname, o.oprcode,
                          CASE o.oprleft WHEN 0 THEN '' ELSE ', LEFTARG = ' || format_type(o.oprleft, NULL) END,
                          format_type(o.oprright, NULL))
                   || CASE WHEN c.oid IS NULL THEN '' ELSE format(', COMMUTATOR = OPERATOR(%I.%s)', cn.nspname, c.oprname) END
                   || CASE WHEN g.oid IS NULL THEN '' ELSE format(', NEGATOR = OPERATOR(%I.%s)', gn.nspname, g.oprname) END
                   || CASE WHEN o.oprrest <> 0 THEN ', RESTRICT = ' || o.oprrest ELSE '' END
                   || CASE WHEN o.oprjoin <> 0 THEN ', JOIN = ' || o.oprjoin ELSE '' END
                   || CASE WHEN o.oprcanhash THEN ', HASHES' ELSE '' END
                   || CASE WHEN o.oprcanmerge THEN ', MERGES' ELSE '' END || ')' AS definition
            FROM pg_operator o
            JOIN ns n ON n.oid = o.oprnamespace
            LEFT JOIN pg_operator c ON c.oid = o.oprcom
            LEFT JOIN pg_namespace cn ON cn.oid = c.oprnamespace
            LEFT JOIN pg_operator g ON g.oid = o.oprnegate
            LEFT JOIN pg_namespace gn ON gn.oid = g.oprnamespace
            WHERE o.oprcode <> 0
              AND NOT EXISTS (SELECT FROM owned e WHERE e.classid = 'pg_operator'::regclass AND e.objid = o.oid)
            """;

    /// Casts have no schema; those that came with the server have an OID below 16384, `FirstNormalObjectId`.
    private static final String CASTS = """
            SELECT format('(%s AS %s)', format_type(k.castsource, NULL), format_type(k.casttarget, NULL)) AS identity,
                   format('CREATE CAST (%s AS %s) %s%s', format_type(k.castsource, NULL), format_type(k.casttarget, NULL),
                          CASE k.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || k.castfunc::regprocedure
                                            WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END,
                          CASE k.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END) AS definition
            FROM pg_cast k
            WHERE k.oid >= 16384
              AND NOT EXISTS (SELECT FROM owned e WHERE e.classid = 'pg_cast'::regclass AND e.objid = k.oid)
            """;

    private static final String TEXT_SEARCH = """
            SELECT 'dictionary ' || n.name || '.' || quote_ident(d.dictname) AS identity,
                   format('CREATE TEXT SEARCH DICTIONARY %s.%I (TEMPLATE = %I.%I%s)', n.name, d.dictname, tn.nspname, t.tmplname,
                          coalesce(', ' || d.dictinitoption, '')) AS definition
            FROM pg_ts_dict d
            JOIN ns n ON n.oid = d.dictnamespace
            JOIN pg_ts_template t ON t.oid = d.dicttemplate
            JOIN pg_namespace tn ON tn.oid = t.tmplnamespace
            WHERE NOT EXISTS (SELECT FROM owned e WHERE e.classid = 'pg_ts_dict'::regclass AND e.objid = d.oid)
            UNION ALL
            SELECT n.name || '.' || quote_ident(c.cfgname),
                   format('CREATE TEXT SEARCH CONFIGURATION %s.%I (PARSER = %I.%I)', n.name, c.cfgname, pn.nspname, p.prsname)
                   || coalesce((
                       SELECT string_agg(format(E';\\nALTER TEXT SEARCH CONFIGURATION %s.%I ADD MAPPING FOR %I WITH %s',
                                                n.name, c.cfgname, m.alias, m.dictionaries), '' ORDER BY m.alias)
                       FROM (
                           SELECT k.alias, string_agg(format('%I.%I', dn.nspname, dd.dictname), ', ' ORDER BY cm.mapseqno) AS dictionaries
                           FROM pg_ts_config_map cm
                           JOIN ts_token_type(c.cfgparser) k ON k.tokid = cm.maptokentype
                           JOIN pg_ts_dict dd ON dd.oid = cm.mapdict
                           JOIN pg_namespace dn ON dn.oid = dd.dictnamespace
                           WHERE cm.mapcfg = c.oid
                           GROUP BY k.alias) m), '')
            FROM pg_ts_config c
            JOIN ns n ON n.oid = c.cfgnamespace
            JOIN pg_ts_parser p ON p.oid = c.cfgparser
            JOIN pg_namespace pn ON pn.oid = p.prsnamespace
            WHERE NOT EXISTS (SELECT FROM owned e WHERE e.classid = 'pg_ts_config'::regclass AND e.objid = c.oid)
            """;

    private static final String TRIGGERS = """
            SELECT format('%s.%I', r.name, t.tgname) AS identity, pg_get_triggerdef(t.oid) AS definition
            FROM pg_trigger t
            JOIN rel r ON r.relid = t.tgrelid
            WHERE NOT t.tgisinternal AND t.tgparentid = 0
            """;

    private static final String RULES = """
            SELECT format('%s.%I', r.name, w.rulename) AS identity, rtrim(pg_get_ruledef(w.oid), ';') AS definition
            FROM pg_rewrite w
            JOIN rel r ON r.relid = w.ev_class
            WHERE w.rulename <> '_RETURN'
            """;

    private static final String POLICIES = """
            SELECT format('%s.%I', r.name, p.polname) AS identity,
                   format('CREATE POLICY %I ON %s AS %s FOR %s TO %s', p.polname, r.name,
                          CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
                          CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
                          coalesce((SELECT string_agg(quote_ident(o.rolname), ', ' ORDER BY o.rolname)
                                    FROM pg_roles o WHERE o.oid = ANY (p.polroles)), 'PUBLIC'))
                   || coalesce(E'\\n    USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
                   || coalesce(E'\\n    WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '') AS definition
            FROM pg_policy p
            JOIN rel r ON r.relid = p.polrelid
            """;

    private RoutineObjects() {}

    static List<ObjectQuery> queries() {
        return List.of(
                new ObjectQuery(Kind.FUNCTION, FUNCTIONS),
                new ObjectQuery(Kind.AGGREGATE, AGGREGATES),
                new ObjectQuery(Kind.OPERATOR, OPERATORS),
                new ObjectQuery(Kind.CAST, CASTS),
                new ObjectQuery(Kind.TEXT_SEARCH, TEXT_SEARCH),
                new ObjectQuery(Kind.TRIGGER, TRIGGERS),
                new ObjectQuery(Kind.RULE, RULES),
                new ObjectQuery(Kind.POLICY, POLICIES));
    }
}
