package dev.godwit.command;

import dev.godwit.db.Session;
import dev.godwit.postgres.Identifiers;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.Problem;
import dev.godwit.source.TableLock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The rows that a framework keeps for itself, carried to a database that stands in for production: without them its
/// commands would take every migration for pending. They name migrations and times, no person's data.
public final class OwnRows {
    private static final String EXISTS = "SELECT to_regclass(?) IS NOT NULL AS there";
    private static final String SEQUENCES = """
            SELECT a.attname::text AS name
            FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped
              AND pg_get_serial_sequence(?, a.attname::text) IS NOT NULL""";

    private OwnRows() {}

    /// In one transaction, in any order: foreign keys between them are not looked at meanwhile.
    ///
    /// A lock that somebody holds on production is not held on the stand-in.
    ///
    /// @param to as a superuser
    /// @param tables those that are in both databases, the same and empty in the second; others are passed over
    /// @param lock one of them
    public static void copy(Session from, Session to, Collection<QualifiedName> tables, Optional<TableLock> lock) {
        to.inTransaction(() -> {
            to.execute("SET LOCAL session_replication_role = replica");
            tables.stream()
                    .filter(table -> exists(from, table) && exists(to, table))
                    .forEach(table -> copy(from, to, table));
            lock.filter(one -> exists(to, one.table())).ifPresent(one -> to.execute(one.release()));
            return true;
        });
    }

    /// @return who holds the lock that a framework keeps in a table, and what to do; empty while it is free
    public static Optional<Problem> held(Session session, TableLock lock) {
        if (!exists(session, lock.table())) {
            return Optional.empty();
        }
        return session.queryOne(
                lock.holder(),
                row -> Problem.refused("the framework's lock is held by " + row.text("who") + " since "
                                + row.text("since") + ": that run is still going on, or it was killed")
                        .at(lock.table().toString())
                        .leaving("nothing was begun")
                        .remedy("when that run is over: " + lock.release()));
    }

    private static boolean exists(Session session, QualifiedName table) {
        return session.queryOne(EXISTS, row -> row.flag("there"), table.sql()).orElseThrow();
    }

    private static void copy(Session from, Session to, QualifiedName table) {
        List<String> rows =
                from.query("SELECT to_jsonb(t)::text AS row FROM " + table.sql() + " AS t", row -> row.text("row"));
        String insert = "INSERT INTO " + table.sql() + " SELECT * FROM jsonb_populate_record(NULL::" + table.sql()
                + ", ?::jsonb)";
        rows.forEach(row -> to.update(insert, row));
        to.query(SEQUENCES, row -> row.text("name"), table.sql(), table.sql())
                .forEach(column -> advance(to, table, column));
    }

    private static void advance(Session to, QualifiedName table, String column) {
        to.query(
                "SELECT setval(pg_get_serial_sequence(?, ?), coalesce(max(" + Identifiers.quote(column)
                        + "), 0) + 1, false) AS next FROM " + table.sql(),
                row -> row.number("next"),
                table.sql(),
                column);
    }
}
