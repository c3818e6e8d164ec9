package dev.godwit.execute;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Row;
import dev.godwit.db.Session;
import dev.godwit.postgres.Identifiers;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.postgres.SqlState;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// What people say to a backfill from another terminal. It stands in the ledger, so it is heard on whatever machine the
/// backfill runs, and still counts when the backfill is begun again.
public final class BackfillControl {
    static final String TABLE = """
            CREATE TABLE IF NOT EXISTS godwit.backfill_control (
              run bigint NOT NULL REFERENCES godwit.run,
              step_index integer NOT NULL,
              relation text NOT NULL,
              rows_estimated bigint NOT NULL,
              wish text NOT NULL DEFAULT 'run' CHECK (wish IN ('run', 'pause', 'abort')),
              speed double precision NOT NULL DEFAULT 1 CHECK (speed > 0 AND speed <= 1),
              role text NOT NULL DEFAULT session_user,
              at timestamptz NOT NULL DEFAULT clock_timestamp(),
              PRIMARY KEY (run, step_index))""";

    private static final double SLOWEST = 1.0 / 64;

    private static final String OPEN = """
            SELECT r.id, r.migration, c.step_index, c.relation, c.rows_estimated, c.wish, c.speed::text AS speed, c.role,
              b.pass, b.scanned, b.changed, b.batch_rows,
              (extract(epoch FROM clock_timestamp() - b.at) * 1000)::bigint AS silent_ms,
              (extract(epoch FROM b.at - (SELECT min(s.at) FROM godwit.step s
                WHERE s.run = c.run AND s.step_index = c.step_index AND s.state = 'started')) * 1000)::bigint AS working_ms
            FROM godwit.backfill_control c
            JOIN godwit.backfill b USING (run, step_index)
            JOIN godwit.run r ON r.id = c.run
            WHERE r.closed_at IS NULL AND NOT EXISTS (
              SELECT FROM godwit.step s WHERE s.run = c.run AND s.step_index = c.step_index AND s.state = 'done')
            ORDER BY r.id, c.step_index""";

    private BackfillControl() {}

    /// What a backfill is to do.
    public enum Wish {
        RUN,
        PAUSE,
        ABORT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Wish of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /// @param speed 1 without rests; 0.5 rests after each batch as long as the batch took
    /// @param role the login that said so last
    record Said(Wish wish, double speed, String role) {}

    /// A backfill that was begun and is not done, whether or not somebody runs it now.
    ///
    /// @param step counted from 1
    /// @param pass how often the table was gone through in full
    /// @param scanned rows gone over in this pass
    /// @param changed rows changed in all passes
    /// @param rows of the table, as the server estimated them
    /// @param role the login that told it the present wish and speed
    /// @param silentMs since its last batch
    /// @param workingMs from its beginning to its last batch, rests and interruptions included
    public record Open(
            String migration,
            int step,
            String relation,
            int pass,
            long scanned,
            long changed,
            long rows,
            int batchRows,
            Wish wish,
            double speed,
            String role,
            long silentMs,
            long workingMs) {
        /// @return how long the first pass will still take at the pace so far; empty where that says nothing
        public OptionalLong restMs() {
            boolean tells = pass == 0 && wish == Wish.RUN && scanned > 0 && rows > scanned;
            return tells ? OptionalLong.of(workingMs * (rows - scanned) / scanned) : OptionalLong.empty();
        }
    }

    static void create(Session session, StepScope scope, QualifiedName table, long rows) {
        session.update("""
                INSERT INTO godwit.backfill_control (run, step_index, relation, rows_estimated)
                VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING""", scope.run().id(), scope.index(), table.toString(), rows);
    }

    static Said heard(StepScope scope) {
        return scope.session()
                .queryOne(
                        """
                        SELECT wish, speed::text AS speed, role FROM godwit.backfill_control
                        WHERE run = ? AND step_index = ?""",
                        row -> new Said(
                                Wish.of(row.text("wish")), Double.parseDouble(row.text("speed")), row.text("role")),
                        scope.run().id(),
                        scope.index())
                .orElse(new Said(Wish.RUN, 1, ""));
    }

    /// @return those that are begun and not done, the oldest first
    /// @throws GodwitException with the GRANTs when this login may not look
    public static List<Open> open(Session session) {
        if (!LedgerSchema.isComplete(session)) {
            return List.of();
        }
        try {
            return session.query(OPEN, BackfillControl::open);
        } catch (DatabaseException e) {
            throw explained(session, e);
        }
    }

    private static Open open(Row row) {
        return new Open(
                row.text("migration"),
                Math.toIntExact(row.number("step_index")) + 1,
                row.text("relation"),
                Math.toIntExact(row.number("pass")),
                row.number("scanned"),
                row.number("changed"),
                row.number("rows_estimated"),
                Math.toIntExact(row.number("batch_rows")),
                Wish.of(row.text("wish")),
                Double.parseDouble(row.text("speed")),
                row.text("role"),
                row.number("silent_ms"),
                row.number("working_ms"));
    }

    /// The backfill hears it before its next batch.
    ///
    /// @throws GodwitException with the GRANTs when this login may not
    public static void wish(Session session, String migration, Wish wish) {
        change(session, migration, "wish = ?", wish.word());
    }

    /// @param factor 0.5 to halve the speed, 2 to double it; it stays between a 64th and all
    public static void speed(Session session, String migration, double factor) {
        change(session, migration, "speed = least(1, greatest(?::double precision, speed * ?))", SLOWEST, factor);
    }

    private static void change(Session session, String migration, String what, Object... values) {
        Object[] all = java.util.Arrays.copyOf(values, values.length + 1);
        all[values.length] = migration;
        try {
            session.update(
                    "UPDATE godwit.backfill_control SET " + what + ", role = session_user, at = clock_timestamp()"
                            + " WHERE run IN (SELECT id FROM godwit.run WHERE migration = ? AND closed_at IS NULL)",
                    all);
        } catch (DatabaseException e) {
            throw explained(session, e);
        }
    }

    private static RuntimeException explained(Session session, DatabaseException e) {
        if (!e.sqlState().equals(SqlState.INSUFFICIENT_PRIVILEGE)) {
            return e;
        }
        String login = session.queryOne("SELECT session_user::text AS role", row -> row.text("role"))
                .orElseThrow();
        String role = Identifiers.quote(login);
        return Problem.database("role " + role + " may not steer backfills: Godwit's ledger, schema godwit, is closed"
                        + " to it")
                .at("SQLSTATE " + e.sqlState())
                .leaving("nothing was changed")
                .remedy("as the owner of schema godwit, once: GRANT USAGE ON SCHEMA godwit TO " + role
                        + "; GRANT SELECT ON godwit.run, godwit.step, godwit.backfill TO " + role
                        + "; GRANT SELECT, UPDATE ON godwit.backfill_control TO " + role + ";")
                .raise();
    }
}
