package dev.godwit.execute;

import dev.godwit.db.Session;
import dev.godwit.plan.Step;
import dev.godwit.problem.Problem;
import dev.godwit.statement.ParsedStatement;
import java.time.Duration;
import java.util.List;

/// Statements in one transaction, with the journal row of the step in the same transaction.
///
/// Locks are taken one by one as the statements come to them, not all at the beginning: a transaction that first
/// changes
/// rows and then alters the table would otherwise keep everybody out while it changes the rows. From the first strong
/// lock on, every wait is a wait that traffic feels, so from there on every statement is limited, whatever it is.
final class TransactionStep {
    /// Longer than autovacuum needs to notice that it is waited for.
    private static final Duration SCHEMA_LOCK_TIMEOUT = Duration.ofSeconds(3);

    private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(2);

    private final StepScope scope;
    private final Step.RunInTransaction step;
    private final Session session;

    TransactionStep(StepScope scope, Step.RunInTransaction step) {
        this.scope = scope;
        this.step = step;
        this.session = scope.session();
    }

    void run() {
        RunContext context = scope.context();
        new LockDiscipline(context)
                .carryOut(scope.index(), session, scope.work().strongNeeds(step), this::attempt);
    }

    private void attempt(Duration lockTimeout) {
        session.inTransaction(() -> {
            step.statements().stream()
                    .takeWhile(SessionSettings::opensTransaction)
                    .forEach(statement -> session.execute(statement.sql()));
            limit(CLAIM_TIMEOUT);
            Ledger.claim(session, scope.run());
            if (scope.state().done()) {
                return false;
            }
            scope.journalStarted();
            scope.enterRole();
            statements(lockTimeout);
            limit(CLAIM_TIMEOUT);
            scope.journalDone();
            return true;
        });
    }

    private void statements(Duration lockTimeout) {
        boolean locked = false;
        for (ParsedStatement statement : afterOpening()) {
            Exposure exposure = scope.work().exposure(statement);
            locked |= exposure.limited();
            limit(locked ? lockTimeout : unlocked(exposure));
            send(statement);
        }
    }

    private List<ParsedStatement> afterOpening() {
        return step.statements().stream()
                .dropWhile(SessionSettings::opensTransaction)
                .toList();
    }

    private static Duration unlocked(Exposure exposure) {
        return exposure == Exposure.SCHEMA_CHANGES ? SCHEMA_LOCK_TIMEOUT : Duration.ZERO;
    }

    /// @param time none when zero
    private void limit(Duration time) {
        session.execute("SET LOCAL lock_timeout = " + time.toMillis());
    }

    private void send(ParsedStatement statement) {
        scope.context().cancellation().check();
        scope.context().observer().before(session, statement);
        Stopwatch took = Stopwatch.start();
        session.execute(statement.sql());
        scope.tell(new RunEvent.StatementFinished(scope.index(), statement, took.elapsed()));
        if (!session.inTransaction()) {
            throw endedTransaction(statement);
        }
        scope.context().observer().after(session, statement);
    }

    private RuntimeException endedTransaction(ParsedStatement statement) {
        return Problem.database("the statement ended the transaction that Godwit runs the step in")
                .at(scope.work().place(statement))
                .leaving("what it committed is there; the step is not journaled")
                .remedy("take transaction control out of the script, or mark it transaction:false")
                .raise();
    }
}
