package dev.godwit.execute;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.postgres.Identifiers;
import dev.godwit.postgres.SqlState;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.util.List;

/// Who has approved what, in the ledger. The identity is the login of the database: row security lets each session
/// write its own name only, and nobody may change a row or take it away. Whoever owns the schema `godwit` is trusted,
/// for an owner can change what it owns.
///
/// Source: PostgreSQL's manual, "Row Security Policies".
public final class Approvals {
    static final List<String> TABLES = List.of("""
            CREATE TABLE IF NOT EXISTS godwit.approval (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              migration text NOT NULL,
              digest text NOT NULL,
              reason text NOT NULL,
              role text NOT NULL DEFAULT session_user,
              at timestamptz NOT NULL DEFAULT clock_timestamp())""", """
            DO $$ BEGIN
              IF NOT EXISTS (SELECT FROM pg_catalog.pg_policy WHERE polrelid = 'godwit.approval'::pg_catalog.regclass) THEN
                ALTER TABLE godwit.approval ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
                CREATE POLICY everybody_reads ON godwit.approval FOR SELECT USING (true);
                CREATE POLICY in_own_name ON godwit.approval FOR INSERT
                  WITH CHECK (role = session_user AND at <= clock_timestamp());
              END IF;
            END $$""");

    private Approvals() {}

    /// @param digest of the migration's text: another text needs another approval
    /// @return the login that has approved
    /// @throws GodwitException with the GRANTs when this login may not
    public static String add(Session session, String migration, String digest, String reason) {
        try {
            LedgerSchema.create(session);
            return session.queryOne("""
                            INSERT INTO godwit.approval (migration, digest, reason) VALUES (?, ?, ?)
                            RETURNING role""", row -> row.text("role"), migration, digest, reason)
                    .orElseThrow();
        } catch (DatabaseException e) {
            throw e.sqlState().equals(SqlState.INSUFFICIENT_PRIVILEGE) ? notGranted(login(session)) : e;
        }
    }

    private static GodwitException notGranted(String login) {
        String role = Identifiers.quote(login);
        return Problem.database("role " + role + " may not approve: Godwit's ledger, schema godwit, is closed to it")
                .at("SQLSTATE " + SqlState.INSUFFICIENT_PRIVILEGE)
                .leaving("nothing was changed")
                .remedy("as the owner of schema godwit, once: GRANT USAGE ON SCHEMA godwit TO " + role
                        + "; GRANT SELECT, INSERT ON godwit.approval TO " + role + ";")
                .raise();
    }

    /// @return the logins that have approved just this text, without the one that asks
    public static List<String> ofOthers(Session session, String migration, String digest) {
        if (!LedgerSchema.isComplete(session)) {
            return List.of();
        }
        return session.query("""
                SELECT DISTINCT role FROM godwit.approval
                WHERE migration = ? AND digest = ? AND role <> session_user ORDER BY role""", row -> row.text("role"), migration, digest);
    }

    private static String login(Session session) {
        return session.queryOne("SELECT session_user::text AS role", row -> row.text("role"))
                .orElseThrow();
    }
}
