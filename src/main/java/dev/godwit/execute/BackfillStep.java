package dev.godwit.execute;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.plan.Step;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.SqlState;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An UPDATE, DELETE or INSERT … SELECT over a large table, in batches along a path. Each batch is a transaction with
/// its own
/// checkpoint, so a row is changed exactly once, whatever happens between two batches.
final class BackfillStep {
    private static final Set<String> RETRIED =
            Set.of(SqlState.LOCK_NOT_AVAILABLE, SqlState.DEADLOCK_DETECTED, SqlState.SERIALIZATION_FAILURE);

    private static final int PASSES_THAT_WAIT = 2;

    private final StepScope scope;
    private final Step.Backfill step;
    private final RunContext context;
    private final Session session;
    private final BackfillPace pace;

    /// Until the server says that the role may change rows but not lock them, as one with DELETE alone.
    private boolean maySkip = true;

    /// How long the last batch's commit took. Its rows stay locked meanwhile, so it counts as part of the next batch.
    private Duration commit = Duration.ZERO;

    private Stopwatch written = Stopwatch.start();

    /// @param pass the one that this runner is in; when another runner has ended it, there is nothing to do in it any
    ///     more, and the next must not begin unasked
    /// @param skips whether it passes over locked rows
    private record Attempt(int pass, int rows, boolean skips) {}

    /// What is done between two batches.
    private record Between(BackfillProgress progress, BackfillVacuum vacuum, BackfillEar ear, BackfillThrottle throttle)
            implements AutoCloseable {
        static Between of(StepScope scope, BackfillTarget target, BackfillProgress progress) {
            BackfillEar ear = new BackfillEar(scope);
            return new Between(
                    progress,
                    new BackfillVacuum(scope, target.changed(), target.path().deadShare()),
                    ear,
                    new BackfillThrottle(scope, target.changed(), ear));
        }

        @Override
        public void close() {
            throttle.close();
        }
    }

    BackfillStep(StepScope scope, Step.Backfill step) {
        this.scope = scope;
        this.step = step;
        this.context = scope.context();
        this.session = scope.session();
        this.pace = context.pace();
    }

    void run() {
        BackfillTarget target = BackfillTarget.of(scope, step);
        BackfillProgress progress = new BackfillProgress(scope, target.table());
        begin(target, progress.total());
        try (TableTurn _ = TableTurn.take(scope, target.changed());
                Between between = Between.of(scope, target, progress)) {
            BackfillCheckpoint checkpoint = session.inTransaction(() -> BackfillCheckpoint.claim(scope));
            while (!complete(target, checkpoint)) {
                checkpoint = pass(target, checkpoint, between);
            }
        }
        finish();
    }

    private void begin(BackfillTarget target, long rows) {
        session.inTransaction(() -> {
            Ledger.claim(session, scope.run());
            scope.journalStarted();
            BackfillCheckpoint.create(session, scope, pace.bounded(step.spec().batchRows()));
            BackfillControl.create(session, scope, target.changed(), rows);
            return true;
        });
    }

    private void finish() {
        session.inTransaction(() -> {
            Ledger.claim(session, scope.run());
            scope.journalDoneOnce();
            return true;
        });
    }

    private BackfillCheckpoint pass(BackfillTarget target, BackfillCheckpoint from, Between between) {
        BackfillCheckpoint checkpoint = from;
        while (checkpoint.pass() == from.pass()) {
            context.fence().check();
            between.ear().obey();
            between.throttle().await();
            Stopwatch watch = Stopwatch.start();
            checkpoint = untilUnlocked(target, checkpoint, between.throttle());
            Duration took = watch.elapsed();
            between.progress().tell(checkpoint, took);
            between.vacuum().whereDue();
            context.cancellation().pause(step.spec().pause().plus(between.ear().rest(took)));
        }
        return checkpoint;
    }

    private boolean complete(BackfillTarget target, BackfillCheckpoint checkpoint) {
        if (checkpoint.pass() == 0) {
            return false;
        }
        long remaining = target.limitsItself() ? remaining(target) : 0;
        boolean verified = target.limitsItself() && remaining == 0;
        boolean over = checkpoint.pass() >= pace.passes();
        if (remaining > 0 && over && !target.deletes()) {
            throw neverEnds(target, remaining, checkpoint.pass());
        }
        if (remaining == 0 || over) {
            scope.tell(new RunEvent.BackfillFinished(scope.index(), checkpoint.changed(), checkpoint.pass(), verified));
            return true;
        }
        return false;
    }

    private long remaining(BackfillTarget target) {
        return session.queryOne(target.text().remaining(), row -> row.number("remaining"))
                .orElseThrow();
    }

    private BackfillCheckpoint untilUnlocked(
            BackfillTarget target, BackfillCheckpoint from, BackfillThrottle throttle) {
        BackfillCheckpoint checkpoint = from;
        Stopwatch blocked = Stopwatch.start();
        for (int tries = 0; true; tries++) {
            context.cancellation().check();
            try {
                int pass = checkpoint.pass();
                int rows = checkpoint.batchRows();
                boolean skips = tries > 0 && maySkip && skipsLocked(target, checkpoint);
                Attempt attempt = new Attempt(pass, rows, skips);
                BackfillCheckpoint reached = session.inTransaction(() -> batch(target, attempt, throttle));
                commit = written.elapsed();
                return reached;
            } catch (DatabaseException e) {
                if (!RETRIED.contains(e.sqlState())
                        && !(tries > 0 && e.sqlState().equals(SqlState.INSUFFICIENT_PRIVILEGE) && maySkip)) {
                    throw e;
                }
                maySkip &= !e.sqlState().equals(SqlState.INSUFFICIENT_PRIVILEGE);
                standAside(target, tries, e.sqlState(), blocked);
                checkpoint = checkpoint.withBatchRows(pace.bounded(checkpoint.batchRows() / 2));
            }
        }
    }

    /// What is passed over must be found again, so only where a count tells of it; the last passes wait.
    private boolean skipsLocked(BackfillTarget target, BackfillCheckpoint checkpoint) {
        boolean locks = target.changed().equals(target.table());
        return locks && target.limitsItself() && checkpoint.pass() < pace.passes() - PASSES_THAT_WAIT;
    }

    private void standAside(BackfillTarget target, int tries, String sqlState, Stopwatch blocked) {
        List<Blocker> writers = LockQueue.of(session, List.of(new LockNeed(target.table(), LockMode.SHARE)))
                .blockers();
        if (blocked.elapsed().compareTo(context.policy().deadline()) > 0) {
            throw deadlinePassed(target, writers);
        }
        Duration pause = context.policy().pause(tries, context.random());
        scope.tell(new RunEvent.LockMissed(scope.index(), tries, pace.lockTimeout(), sqlState, writers, pause));
        context.cancellation().pause(pause);
    }

    private BackfillCheckpoint batch(BackfillTarget target, Attempt attempt, BackfillThrottle throttle) {
        session.execute("SET LOCAL lock_timeout = " + pace.lockTimeout().toMillis());
        BackfillCheckpoint from = BackfillCheckpoint.claim(scope).withBatchRows(attempt.rows());
        if (from.pass() != attempt.pass()) {
            return from;
        }
        List<String> above = place(target, from);
        BackfillPath path = target.path();
        Stopwatch took = Stopwatch.start();
        Optional<List<String>> upTo =
                session.queryOne(path.next(target.text(), above, attempt.rows()), row -> row.texts("key"));
        String range = path.range(target.text().correlation(), above, upTo.orElse(List.of()));
        long changed = change(target, range, attempt.skips());
        List<String> end = upTo.orElse(List.of());
        int rows = path.rows(above, end, attempt.rows());
        Duration felt = throttle.orFelt(took.elapsed().plus(commit));
        int next = path.nextRows(pace, above, end, attempt.rows(), felt);
        BackfillCheckpoint reached = upTo.map(key -> from.after(path.name(), key, rows, changed, next))
                .orElseGet(() -> from.afterPass(changed));
        reached.write(scope);
        written = Stopwatch.start();
        return reached;
    }

    /// @return where this pass is; a place on another path says nothing about this one
    private List<String> place(BackfillTarget target, BackfillCheckpoint from) {
        if (from.path().isEmpty() || from.path().equals(target.path().name())) {
            return from.place();
        }
        if (target.limitsItself()) {
            return List.of();
        }
        throw Problem.refused("the backfill of " + target.table() + " was begun along " + from.path()
                        + ", and that cannot be gone along now; along "
                        + target.path().name() + " rows would be changed twice")
                .at(scope.work().place(step.statement()))
                .leaving("the batches so far are committed, up to the place that godwit.backfill names")
                .remedy("create the index on " + from.path() + " again, then "
                        + context.cancellation().resumeCommand())
                .raise();
    }

    private long change(BackfillTarget target, String range, boolean skips) {
        context.observer().before(session, step.statement());
        scope.enterRole();
        String rows = skips ? unlocked(target.text(), range) : range;
        long changed = session.update(target.text().within(rows));
        context.observer().after(session, step.statement());
        scope.leaveRole();
        return changed;
    }

    /// Locks what can be locked at once. In a statement of its own: a row that changed just before is locked in its new
    /// version, which the snapshot of this statement does not see and that of the next one does.
    private String unlocked(BatchText text, String range) {
        return session.queryOne(text.lockedAtOnce(range), row -> text.among(row.texts("parts"), row.texts("places")))
                .map(those -> range + " AND " + those)
                .orElseThrow();
    }

    private GodwitException neverEnds(BackfillTarget target, long remaining, int passes) {
        return Problem.database(remaining + " rows of " + target.table() + " still match after " + passes
                        + " passes: the statement does not make them stop matching")
                .at(scope.work().place(step.statement()))
                .leaving("every other row is changed and committed; the step is not done")
                .remedy("narrow the WHERE to rows that the SET gives a value, or give those rows one; then "
                        + context.cancellation().resumeCommand())
                .raise();
    }

    private GodwitException deadlinePassed(BackfillTarget target, List<Blocker> writers) {
        return Problem.stopped("a row of " + target.table() + " stayed locked for "
                        + context.policy().deadline().toSeconds() + " s: " + Blocker.sentences(writers))
                .at(scope.work().place(step.statement()))
                .leaving("every batch so far is committed; the backfill resumes where it stopped")
                .remedy("end or wait for those sessions, then "
                        + context.cancellation().resumeCommand())
                .raise();
    }
}
