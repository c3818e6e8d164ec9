package dev.godwit.execute;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.plan.Step;
import dev.godwit.postgres.SqlState;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// One run of the step runner over the steps of a migration.
final class Passage {
    /// A server that goes away this often during one step does so because of it.
    private static final int MOST_LOSSES = 3;

    private final RunContext context;
    private final Link link;
    private final Work work;
    private final LedgerRun run;
    private boolean freshSession;
    private boolean reconnected;
    private int index;
    private int losses;

    Passage(RunContext context, Link link, Work work, LedgerRun run) {
        this.context = context;
        this.link = link;
        this.work = work;
        this.run = run;
    }

    void carryOut() {
        Stopwatch took = Stopwatch.start();
        context.listener().on(new RunEvent.Begun(work.migration(), work.steps().size(), run.doneSteps()));
        freshSession = run.doneSteps() > 0;
        while (index < work.steps().size()) {
            carryOn();
        }
        finishIfOpen();
        context.listener().on(new RunEvent.Finished(work.migration(), took.elapsed()));
    }

    /// One step more, or a new session.
    private void carryOn() {
        try {
            if (reconnected) {
                context.fence().retake();
                index = firstOpen();
                reconnected = false;
            }
            attempt(index);
            losses = 0;
            index++;
        } catch (FenceLost e) {
            connectAgain(e.sqlState(), () -> e);
        } catch (DatabaseException e) {
            connectAgain(e.sqlState(), () -> failed(e));
        }
    }

    /// A server that came back may be another one, a standby that had not heard of the last commits: what the journal
    /// does not hold there was lost with its effect, and is to be done again.
    private int firstOpen() {
        Ledger.requireKnown(link.session(), run);
        int first = 0;
        while (first < index && Ledger.state(link.session(), run, first).done()) {
            first++;
        }
        return first;
    }

    /// @param sqlState why there is no way to go on with the sessions there are
    /// @param otherwise what is thrown when new ones would not help
    private void connectAgain(String sqlState, Supplier<GodwitException> otherwise) {
        boolean lost = SqlState.connectionLost(sqlState);
        if (!lost || losses >= MOST_LOSSES || context.cancellation().isRequested()) {
            throw otherwise.get();
        }
        losses++;
        context.listener().on(new RunEvent.ConnectionLost(index, sqlState));
        link.reconnect(index);
        reconnected = true;
        freshSession = true;
    }

    private void attempt(int step) {
        context.fence().check();
        Session session = link.session();
        context.cancellation().cancels(session);
        StepScope scope = new StepScope(context, session, work, run, step);
        StepState state = scope.state();
        if (state.done()) {
            context.listener().on(new RunEvent.StepSkipped(step));
            return;
        }
        restoreSettings(step);
        Stopwatch took = Stopwatch.start();
        context.listener().on(new RunEvent.StepBegun(step, kind(scope.step())));
        dispatch(scope, state);
        context.listener().on(new RunEvent.StepFinished(step, took.elapsed()));
    }

    private static void dispatch(StepScope scope, StepState state) {
        switch (scope.step()) {
            case Step.RunInTransaction transaction -> new TransactionStep(scope, transaction).run();
            case Step.RunOutsideTransaction outside -> new OutsideStep(scope, outside, state).run();
            case Step.Backfill backfill -> new BackfillStep(scope, backfill).run();
        }
    }

    private static String kind(Step step) {
        return switch (step) {
            case Step.RunInTransaction transaction ->
                "transaction of " + transaction.statements().size() + " statements";
            case Step.RunOutsideTransaction _ -> "outside of a transaction";
            case Step.Backfill _ -> "backfill";
        };
    }

    /// What the done steps before this one have SET for the session holds in the session that made it only.
    private void restoreSettings(int step) {
        if (!freshSession) {
            return;
        }
        work.steps().subList(0, step).stream()
                .map(Step::statements)
                .flatMap(List::stream)
                .filter(SessionSettings::changesOther)
                .forEach(statement -> link.session().execute(statement.sql()));
        freshSession = false;
    }

    /// A migration without a step, and one whose last step was journaled by hand, still need their version row.
    private void finishIfOpen() {
        Session session = link.session();
        if (Ledger.unfinished(session, work.migration()).isEmpty()) {
            return;
        }
        StepScope scope =
                new StepScope(context, session, work, run, work.steps().size());
        session.inTransaction(() -> {
            Ledger.claim(session, run);
            scope.finishRun();
            return true;
        });
    }

    private GodwitException failed(DatabaseException e) {
        context.cancellation().cancelsNothing();
        boolean stopped = context.cancellation().isRequested();
        if (!SqlState.connectionLost(e.sqlState())) {
            journalFailed(e);
        }
        return stopped ? context.cancellation().stopped() : new GodwitException(problem(e), e);
    }

    /// A ledger that cannot be written for the same reason (a full disk, a server that became read-only) does not hide
    /// the reason.
    private void journalFailed(DatabaseException e) {
        try {
            new StepScope(context, link.session(), work, run, index).journalFailed(e.sqlState());
        } catch (DatabaseException second) {
            e.addSuppressed(second);
        }
    }

    private Problem problem(DatabaseException e) {
        String place = work.place(work.steps().get(index).statements().getFirst());
        return e.problem()
                .at(place + ", SQLSTATE " + e.sqlState())
                .leaving("step " + (index + 1) + " of " + work.steps().size()
                        + " failed and left nothing; the steps before it are done")
                .remedy(remedy(e));
    }

    private String remedy(DatabaseException e) {
        if (!SqlState.connectionLost(e.sqlState())) {
            Optional<String> grant = MissingRight.remedy(link.session(), e);
            if (grant.isPresent()) {
                return grant.get();
            }
        }
        return e.problem().remedy().isEmpty()
                ? "mend the cause, then " + context.cancellation().resumeCommand()
                : e.problem().remedy();
    }
}
