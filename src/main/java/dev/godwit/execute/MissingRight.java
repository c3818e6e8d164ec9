package dev.godwit.execute;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.postgres.SqlState;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The GRANT that a refused statement of a migration lacks, as far as the server's message tells.
///
/// Source: `aclcheck_error` in PostgreSQL's `src/backend/catalog/aclchk.c`.
final class MissingRight {
    private static final Pattern IN_SCHEMA = Pattern.compile("permission denied for schema (.+)");
    private static final Pattern NOT_OWNER = Pattern.compile("must be owner of (?:table|view|index|sequence) (.+)");

    private MissingRight() {}

    /// @param session outside a transaction
    /// @return what somebody with the right has to run
    static Optional<String> remedy(Session session, DatabaseException refused) {
        if (!refused.sqlState().equals(SqlState.INSUFFICIENT_PRIVILEGE)) {
            return Optional.empty();
        }
        Matcher schema = IN_SCHEMA.matcher(refused.serverMessage());
        if (schema.matches()) {
            return grant(
                            session,
                            "SELECT format('GRANT USAGE, CREATE ON SCHEMA %I TO %I;', ?::text, current_user) AS sql",
                            schema.group(1))
                    .map(sql -> "as the owner of the schema, once: " + sql);
        }
        Matcher owned = NOT_OWNER.matcher(refused.serverMessage());
        return owned.matches()
                ? grant(session, """
                        SELECT format('GRANT %I TO %I;', min(o.rolname), current_user) AS sql
                        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_roles o ON o.oid = c.relowner
                        WHERE c.relname = ? HAVING count(DISTINCT o.oid) = 1""", owned.group(1)).map(sql -> "log in as its owner, or as a superuser, once: " + sql)
                : Optional.empty();
    }

    private static Optional<String> grant(Session session, String select, String name) {
        return session.queryOne(select, row -> row.text("sql"), name);
    }
}
