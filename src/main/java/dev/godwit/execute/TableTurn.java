package dev.godwit.execute;

import dev.godwit.db.Session;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.Problem;
import java.time.Duration;

/// Never two backfills on one table: a session-level advisory lock for the table, or for the whole of which it is a
/// partition. It is held by the session that works, so it is gone with it.
final class TableTurn implements AutoCloseable {
    /// "gdwt" in ASCII; beside it stands the table's object identifier.
    private static final int KIND = 0x6764_7774;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    /// An object identifier may be above what fits into a signed integer.
    private static final String ROOT = """
            WITH RECURSIVE up AS (
              SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname = ? AND c.relname = ?
              UNION ALL
              SELECT i.inhparent FROM up u JOIN pg_catalog.pg_inherits i ON i.inhrelid = u.oid
            )
            SELECT min(up.oid::bigint)::bit(32)::int AS root FROM up
            WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE i.inhrelid = up.oid)""";

    private final Session session;
    private final int root;

    private TableTurn(Session session, int root) {
        this.session = session;
        this.root = root;
    }

    /// Waits a moment for a session of one's own that the server has not yet found gone.
    ///
    /// @throws dev.godwit.problem.GodwitException naming who holds it
    static TableTurn take(StepScope scope, QualifiedName table) {
        Session session = scope.session();
        int root = session.queryOne(ROOT, row -> Math.toIntExact(row.number("root")), table.schema(), table.name())
                .orElseThrow();
        Stopwatch waited = Stopwatch.start();
        while (!taken(session, root)) {
            if (waited.elapsed().compareTo(PATIENCE) > 0) {
                throw refused(scope, table, root);
            }
            scope.context().cancellation().pause(LOOK_AGAIN);
        }
        return new TableTurn(session, root);
    }

    private static boolean taken(Session session, int root) {
        return session.queryOne(
                        "SELECT pg_try_advisory_lock(" + KIND + ", " + root + ") AS got", row -> row.flag("got"))
                .orElseThrow();
    }

    private static RuntimeException refused(StepScope scope, QualifiedName table, int root) {
        String holding = """
            SELECT coalesce(a.application_name, 'a session') || ' (pid ' || l.pid || ', from '
              || coalesce(host(a.client_addr), 'a local socket') || ')' AS holder
            FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
              AND l.classid::bigint = %d AND l.objid::bigint::bit(32)::int = %d
              AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())""".formatted(KIND, root);
        String holder =
                scope.session().queryOne(holding, row -> row.text("holder")).orElse("it has just ended");
        return Problem.refused("another backfill is at work on " + table + ": " + holder)
                .at("step " + (scope.index() + 1) + " of " + scope.run().migration())
                .leaving("this one did nothing more")
                .remedy("godwit backfill status shows it; when it is done: "
                        + scope.context().cancellation().resumeCommand())
                .raise();
    }

    /// A session that is lost has given it back already.
    @Override
    public void close() {
        if (session.alive()) {
            session.query("SELECT pg_advisory_unlock(" + KIND + ", " + root + ") AS given", row -> row.flag("given"));
        }
    }
}
