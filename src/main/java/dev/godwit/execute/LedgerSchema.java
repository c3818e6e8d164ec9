package dev.godwit.execute;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.postgres.Identifiers;
import dev.godwit.postgres.SqlState;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.util.List;
import java.util.Set;

/// The tables of the ledger, in schema `godwit` of the database that is changed.
///
/// Created on first use and only then, so that the roles that use it later need no right to create. Dropping the schema
/// takes nothing from a project but Godwit's memory.
final class LedgerSchema {
    private static final String SCHEMA = "CREATE SCHEMA IF NOT EXISTS godwit";

    private static final List<String> TABLES = List.of(
            """
            CREATE TABLE IF NOT EXISTS godwit.run (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              migration text NOT NULL,
              version text NOT NULL,
              direction text NOT NULL CHECK (direction IN ('up', 'down')),
              digest text NOT NULL,
              steps integer NOT NULL,
              schema_before text,
              role text NOT NULL DEFAULT session_user,
              application_host text NOT NULL,
              started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
              closed_at timestamptz,
              outcome text CHECK (outcome IN ('finished', 'abandoned')),
              CHECK ((closed_at IS NULL) = (outcome IS NULL)))""",
            "CREATE UNIQUE INDEX IF NOT EXISTS run_open_once ON godwit.run (migration) WHERE closed_at IS NULL",
            """
            CREATE TABLE IF NOT EXISTS godwit.step (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              run bigint NOT NULL REFERENCES godwit.run,
              step_index integer NOT NULL,
              statement_hash text NOT NULL,
              state text NOT NULL CHECK (state IN ('started', 'done', 'failed')),
              sqlstate text,
              backend_pid integer NOT NULL DEFAULT pg_backend_pid(),
              backend_start timestamptz,
              role text NOT NULL DEFAULT session_user,
              application_host text NOT NULL,
              at timestamptz NOT NULL DEFAULT clock_timestamp())""",
            "CREATE UNIQUE INDEX IF NOT EXISTS step_done_once ON godwit.step (run, step_index) WHERE state = 'done'",
            """
            CREATE TABLE IF NOT EXISTS godwit.backfill (
              run bigint NOT NULL REFERENCES godwit.run,
              step_index integer NOT NULL,
              pass integer NOT NULL,
              last_key text[],
              scanned bigint NOT NULL,
              changed bigint NOT NULL,
              batch_rows integer NOT NULL,
              at timestamptz NOT NULL DEFAULT clock_timestamp(),
              PRIMARY KEY (run, step_index)) WITH (fillfactor = 50)""",
            BackfillControl.TABLE,
            """
            CREATE TABLE IF NOT EXISTS godwit.event (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              migration text NOT NULL,
              kind text NOT NULL,
              payload jsonb NOT NULL,
              role text NOT NULL DEFAULT session_user,
              at timestamptz NOT NULL DEFAULT clock_timestamp())""",
            "CREATE INDEX IF NOT EXISTS event_by_migration ON godwit.event (migration, id)");

    /// `IF NOT EXISTS` looks and creates in two moments; a second creator in between is told one of these.
    private static final Set<String> RACE = Set.of("23505", "42P06", SqlState.DUPLICATE_TABLE);

    private static final int MOST_RACES = 10;

    private LedgerSchema() {}

    /// Asked of the catalog itself: `to_regclass` fails for a role without USAGE on the schema.
    static boolean exists(Session session) {
        return session.queryOne("""
                        SELECT count(*) = 5 AS complete FROM pg_catalog.pg_class c
                        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                        WHERE n.nspname = 'godwit'
                          AND c.relname IN ('run', 'step', 'backfill', 'event', 'event_by_migration')""", row -> row.flag("complete")).orElseThrow();
    }

    /// With all that later versions of Godwit have added.
    static boolean isComplete(Session session) {
        return exists(session)
                && session.queryOne("""
                                SELECT count(*) = 2 AS there FROM pg_catalog.pg_class c
                                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                                WHERE n.nspname = 'godwit' AND c.relname IN ('approval', 'backfill_control')""", row -> row.flag("there")).orElseThrow();
    }

    /// Two operators may do this at once.
    static void create(Session session) {
        for (int race = 0; !isComplete(session); race++) {
            try {
                session.inTransaction(() -> createAll(session));
            } catch (DatabaseException e) {
                explain(session, e, race);
            }
        }
    }

    /// @throws dev.godwit.problem.GodwitException with the GRANTs when this role may not keep the ledger
    static void requireRights(Session session) {
        boolean granted = session.queryOne("""
                        SELECT has_schema_privilege('godwit', 'USAGE')
                           AND NOT EXISTS (
                             SELECT FROM pg_catalog.pg_class c
                             WHERE c.relnamespace = 'godwit'::regnamespace AND c.relkind = 'r'
                               AND c.relname IN ('run', 'step', 'backfill', 'event')
                               AND NOT (has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
                                 AND (c.relname IN ('step', 'event') OR has_table_privilege(c.oid, 'UPDATE')))) AS granted""", row -> row.flag("granted")).orElseThrow();
        if (!granted) {
            throw notGranted(Identifiers.quote(role(session)));
        }
    }

    /// @throws dev.godwit.problem.GodwitException with the GRANTs when this role may not look into the ledger
    static void requireReadable(Session session) {
        boolean granted = session.queryOne("""
                        SELECT has_schema_privilege('godwit', 'USAGE')
                           AND NOT EXISTS (
                             SELECT FROM pg_catalog.pg_class c
                             JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                             WHERE n.nspname = 'godwit' AND c.relname IN ('run', 'step', 'backfill', 'event')
                               AND NOT has_table_privilege(c.oid, 'SELECT')) AS granted""", row -> row.flag("granted")).orElseThrow();
        if (!granted) {
            String role = Identifiers.quote(role(session));
            throw Problem.database("role " + role + " may not read Godwit's ledger, schema godwit")
                    .at("SQLSTATE " + SqlState.INSUFFICIENT_PRIVILEGE)
                    .leaving("nothing was changed")
                    .remedy("as the owner of schema godwit, once: GRANT USAGE ON SCHEMA godwit TO " + role
                            + "; GRANT SELECT ON ALL TABLES IN SCHEMA godwit TO " + role + ";")
                    .raise();
        }
    }

    private static GodwitException notGranted(String role) {
        return Problem.database("role " + role + " may not write Godwit's ledger, schema godwit")
                .at("SQLSTATE " + SqlState.INSUFFICIENT_PRIVILEGE)
                .leaving("nothing was changed")
                .remedy("as the owner of schema godwit, once: GRANT USAGE ON SCHEMA godwit TO " + role
                        + "; GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA godwit TO " + role
                        + "; GRANT UPDATE ON godwit.run, godwit.backfill TO " + role + ";")
                .raise();
    }

    private static boolean createAll(Session session) {
        session.execute("SET LOCAL client_min_messages = warning");
        if (!schemaExists(session)) {
            session.execute(SCHEMA);
        }
        TABLES.forEach(session::execute);
        Approvals.TABLES.forEach(session::execute);
        return true;
    }

    private static boolean schemaExists(Session session) {
        return session.queryOne("SELECT to_regnamespace('godwit') IS NOT NULL AS there", row -> row.flag("there"))
                .orElseThrow();
    }

    private static void explain(Session session, DatabaseException e, int race) {
        if (RACE.contains(e.sqlState()) && race < MOST_RACES) {
            return;
        }
        if (!e.sqlState().equals(SqlState.INSUFFICIENT_PRIVILEGE)) {
            throw e;
        }
        String role = role(session);
        throw Problem.database("role " + role + " may not create Godwit's ledger, schema godwit")
                .at("SQLSTATE " + e.sqlState())
                .leaving("nothing was changed")
                .remedy("as a superuser or the owner of the database, once: " + grant(session, role))
                .raise();
    }

    private static String grant(Session session, String role) {
        return schemaExists(session)
                ? "ALTER SCHEMA godwit OWNER TO " + Identifiers.quote(role) + ";"
                : "CREATE SCHEMA godwit AUTHORIZATION " + Identifiers.quote(role) + ";";
    }

    private static String role(Session session) {
        return session.queryOne("SELECT current_user::text AS role", row -> row.text("role"))
                .orElseThrow();
    }
}
