package dev.godwit.execute;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.Row;
import dev.godwit.db.Session;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.source.BackfillFiles;
import dev.godwit.source.Direction;
import java.util.Optional;

/// Godwit's memory in the database that it changes: which steps of which run are done.
///
/// Steps are only ever appended. A row holds no SQL and no value of the user's, only hashes, counts and names.
public final class Ledger {
    private final String host;

    /// @param host the machine that Godwit runs on, as a colleague would name it
    public Ledger(String host) {
        this.host = requireNonNull(host);
    }

    /// Makes the ledger when it is not there, and proves that this role may keep it.
    public static void prepare(Session session) {
        LedgerSchema.create(session);
        LedgerSchema.requireRights(session);
    }

    /// @throws dev.godwit.problem.GodwitException with the GRANTs when it is there and this role may not read it
    public static boolean exists(Session session) {
        boolean there = LedgerSchema.exists(session);
        if (there) {
            LedgerSchema.requireReadable(session);
        }
        return there;
    }

    /// @return the passage of this migration that was begun and neither finished nor given up
    public static Optional<LedgerRun> unfinished(Session session, String migration) {
        return exists(session) ? openRun(session, migration) : Optional.empty();
    }

    private static Optional<LedgerRun> openRun(Session session, String migration) {
        return session.queryOne("""
                SELECT r.id, r.migration, r.direction, r.digest, r.steps, r.schema_before,
                  (SELECT count(*) FROM godwit.step s WHERE s.run = r.id AND s.state = 'done') AS done
                FROM godwit.run r WHERE r.migration = ? AND r.closed_at IS NULL""", Ledger::run, migration);
    }

    /// @return when the newest passage of just this text was finished; empty when none was
    public static Optional<String> finished(Session session, String migration, String digest) {
        return exists(session) ? session.queryOne("""
                        SELECT to_char(closed_at, 'YYYY-MM-DD HH24:MI:SS TZ') AS at FROM godwit.run
                        WHERE migration = ? AND digest = ? AND outcome = 'finished' ORDER BY id DESC LIMIT 1""", row -> row.text("at"), migration, digest) : Optional.empty();
    }

    /// Leaves what an open passage has done, and what it has not.
    public static void giveUp(Session session, String migration) {
        openRun(session, migration).ifPresent(run -> close(session, run.id(), "abandoned"));
    }

    private static LedgerRun run(Row row) {
        return new LedgerRun(
                row.number("id"),
                row.text("migration"),
                row.text("direction").equals("up") ? Direction.UP : Direction.DOWN,
                row.text("digest"),
                Math.toIntExact(row.number("steps")),
                Math.toIntExact(row.number("done")),
                Optional.ofNullable(row.textOrNull("schema_before")));
    }

    /// Resumes the open passage of the same text and direction, or begins one. An open passage of another text that has
    /// left nothing behind is given up; one that has is not this run's to overrule.
    LedgerRun begin(Session session, Work work) {
        return session.inTransaction(() -> {
            Optional<LedgerRun> open = openRun(session, work.migration());
            if (open.isPresent() && isSame(open.get(), work)) {
                return open.get();
            }
            open.ifPresent(run -> giveUp(session, run));
            return insert(session, work);
        });
    }

    private static boolean isSame(LedgerRun run, Work work) {
        return run.direction() == work.direction() && run.digest().equals(work.digest());
    }

    private static void giveUp(Session session, LedgerRun run) {
        if (hasEffects(session, run)) {
            throw halfDone(run);
        }
        close(session, run.id(), "abandoned");
    }

    private static boolean hasEffects(Session session, LedgerRun run) {
        return run.doneSteps() > 0
                || session.queryOne("""
                                SELECT EXISTS (SELECT FROM godwit.backfill WHERE run = ?) OR EXISTS (
                                  SELECT FROM (SELECT DISTINCT ON (step_index) state FROM godwit.step WHERE run = ?
                                    ORDER BY step_index, id DESC) last
                                  WHERE state = 'started') AS touched""", row -> row.flag("touched"), run.id(), run.id())
                        .orElseThrow();
    }

    private static GodwitException halfDone(LedgerRun run) {
        String progress = run.doneSteps() + " of " + run.steps() + " steps of its "
                + run.direction().word();
        return Problem.refused(run.migration() + " is half done: another text or direction of it was begun")
                .at("godwit.run " + run.id() + ", digest " + run.digest())
                .leaving(progress + " are done")
                .remedy("restore the file as it was when begun and finish it: " + goesOn(run))
                .raise();
    }

    private static String goesOn(LedgerRun run) {
        if (run.migration().startsWith(BackfillFiles.PREFIX)) {
            String command = "godwit backfill run " + run.migration().substring(BackfillFiles.PREFIX.length());
            return command + "; or begin with this text: " + command + " --again";
        }
        return "godwit " + (run.direction() == Direction.UP ? "apply " : "rollback ") + run.migration();
    }

    private LedgerRun insert(Session session, Work work) {
        long id = session.queryOne(
                        """
                        INSERT INTO godwit.run
                          (migration, version, direction, digest, steps, schema_before, application_host)
                        VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id""",
                        row -> row.number("id"),
                        work.migration(),
                        work.version(),
                        work.direction().word(),
                        work.digest(),
                        work.steps().size(),
                        work.schemaBefore().orElse(null),
                        host)
                .orElseThrow();
        return new LedgerRun(
                id,
                work.migration(),
                work.direction(),
                work.digest(),
                work.steps().size(),
                0,
                work.schemaBefore());
    }

    /// Takes the run's row for this transaction: a transaction of an earlier attempt that is still being committed
    /// elsewhere has ended when this returns, so what the journal says next is final.
    static void claim(Session session, LedgerRun run) {
        Optional<Boolean> open = session.queryOne(
                "SELECT closed_at IS NULL AS open FROM godwit.run WHERE id = ? AND migration = ? FOR NO KEY UPDATE",
                row -> row.flag("open"),
                run.id(),
                run.migration());
        if (!open.orElseThrow(() -> forgotten(run))) {
            throw Problem.refused("another runner has finished " + run.migration())
                    .at("godwit.run " + run.id())
                    .leaving("this runner did nothing more")
                    .remedy("godwit status")
                    .raise();
        }
    }

    /// @throws GodwitException when this server does not know the run, though it was begun
    static void requireKnown(Session session, LedgerRun run) {
        if (!exists(session) || !knows(session, run)) {
            throw forgotten(run);
        }
    }

    private static boolean knows(Session session, LedgerRun run) {
        return !session.query(
                        "SELECT true AS known FROM godwit.run WHERE id = ? AND migration = ?",
                        row -> row.flag("known"),
                        run.id(),
                        run.migration())
                .isEmpty();
    }

    private static GodwitException forgotten(LedgerRun run) {
        return Problem.database("the server does not know this run of " + run.migration()
                        + " any more: it has lost its last commits, as a standby that takes over may")
                .at("godwit.run " + run.id())
                .leaving("what this server's ledger names is done, the rest of the run is gone with its effects")
                .remedy("godwit " + (run.direction() == Direction.UP ? "apply " : "rollback ") + run.migration())
                .raise();
    }

    static StepState state(Session session, LedgerRun run, int step) {
        return session.query("""
                        SELECT state, backend_pid, backend_start::text AS backend_start FROM godwit.step
                        WHERE run = ? AND step_index = ? ORDER BY (state = 'done') DESC, id DESC LIMIT 1""", Ledger::stepState, run.id(), step).stream()
                .findFirst()
                .orElse(StepState.UNTOUCHED);
    }

    private static StepState stepState(Row row) {
        Optional<StepState.Backend> backend = Optional.ofNullable(row.textOrNull("backend_start"))
                .map(start -> new StepState.Backend(Math.toIntExact(row.number("backend_pid")), start));
        String state = row.text("state");
        return new StepState(state.equals("done"), state.equals("started"), backend);
    }

    void started(Session session, LedgerRun run, int step, String hash) {
        append(session, run, step, hash, "started", Optional.empty());
    }

    void done(Session session, LedgerRun run, int step, String hash) {
        append(session, run, step, hash, "done", Optional.empty());
    }

    void failed(Session session, LedgerRun run, int step, String hash, String sqlState) {
        append(session, run, step, hash, "failed", Optional.of(sqlState));
    }

    private void append(
            Session session, LedgerRun run, int step, String hash, String state, Optional<String> sqlState) {
        session.update("""
                INSERT INTO godwit.step
                  (run, step_index, statement_hash, state, sqlstate, application_host, backend_start)
                VALUES (?, ?, ?, ?, ?, ?,
                  (SELECT backend_start FROM pg_catalog.pg_stat_activity WHERE pid = pg_backend_pid()))""", run.id(), step, hash, state, sqlState.orElse(null), host);
    }

    static void close(Session session, long run, String outcome) {
        session.update("UPDATE godwit.run SET closed_at = clock_timestamp(), outcome = ? WHERE id = ?", outcome, run);
    }
}
