package dev.godwit.execute;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.plan.Step;
import dev.godwit.postgres.SqlState;
import dev.godwit.problem.GodwitException;
import dev.godwit.statement.ParsedStatement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A statement that refuses a transaction block. Its journal row cannot be written with it: a row says that it begins,
/// another that it ended, and what lies between is read from the catalog, see [OutsideEffect].
///
/// It gets no lock timeout and no statement timeout. CREATE INDEX CONCURRENTLY waits for every older snapshot of the
/// database, a timeout that suits ALTER TABLE kills it on a table of six rows, and what it waits behind is not traffic.
final class OutsideStep {
    /// A build may deadlock with another one.
    private static final int MOST_DEADLOCKS = 5;

    private final StepScope scope;
    private final ParsedStatement statement;
    private final OutsideEffect effect;
    private final StepState before;
    private final Session session;

    OutsideStep(StepScope scope, Step.RunOutsideTransaction step, StepState before) {
        this.scope = scope;
        this.statement = step.statement();
        this.effect = OutsideEffect.of(scope, step);
        this.before = before;
        this.session = scope.session();
    }

    void run() {
        if (before.begun()) {
            before.backend().ifPresent(backend -> Backends.awaitEnd(session, backend, scope.index(), scope.context()));
        }
        Optional<String> there = effect.settle(before.begun());
        there.ifPresent(what -> scope.tell(new RunEvent.FoundDone(scope.index(), what)));
        if (there.isEmpty()) {
            carryOut();
        }
        session.inTransaction(() -> {
            Ledger.claim(session, scope.run());
            scope.journalDoneOnce();
            return true;
        });
    }

    private void carryOut() {
        scope.journalStarted();
        scope.enterRole();
        try {
            send();
        } finally {
            if (session.alive()) {
                scope.leaveRole();
            }
        }
        effect.verify();
    }

    private void send() {
        withoutTimeouts(() -> {
            scope.context().observer().before(session, statement);
            Stopwatch took = Stopwatch.start();
            try (ProgressWatch _ = ProgressWatch.start(scope)) {
                untilNoDeadlock();
            }
            scope.tell(new RunEvent.StatementFinished(scope.index(), statement, took.elapsed()));
            scope.context().observer().after(session, statement);
        });
    }

    private void untilNoDeadlock() {
        for (int tries = 0; true; tries++) {
            scope.context().cancellation().check();
            try {
                session.execute(statement.sql());
                return;
            } catch (DatabaseException e) {
                cleanUpAfter(e);
                if (!e.sqlState().equals(SqlState.DEADLOCK_DETECTED) || tries >= MOST_DEADLOCKS) {
                    throw e;
                }
                Duration pause =
                        scope.context().policy().pause(tries, scope.context().random());
                scope.tell(
                        new RunEvent.LockMissed(scope.index(), tries, Duration.ZERO, e.sqlState(), List.of(), pause));
                scope.context().cancellation().pause(pause);
            }
        }
    }

    /// What a failed statement left would cost every write until somebody tries again. A person who stopped it is not
    /// kept waiting: the next attempt cleans up.
    private void cleanUpAfter(DatabaseException e) {
        if (!SqlState.connectionLost(e.sqlState())
                && !scope.context().cancellation().isRequested()) {
            try {
                effect.cleanUp();
            } catch (GodwitException second) {
                e.addSuppressed(second);
            }
        }
    }

    private void withoutTimeouts(Runnable body) {
        String lock = setting("lock_timeout");
        String whole = setting("statement_timeout");
        session.execute("SET lock_timeout = 0");
        session.execute("SET statement_timeout = 0");
        body.run();
        session.execute("SET lock_timeout = '" + lock + "'");
        session.execute("SET statement_timeout = '" + whole + "'");
    }

    private String setting(String name) {
        return session.queryOne("SELECT current_setting('" + name + "') AS value", row -> row.text("value"))
                .orElseThrow();
    }
}
