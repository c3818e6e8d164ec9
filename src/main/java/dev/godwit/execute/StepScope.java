package dev.godwit.execute;

import dev.godwit.db.Session;
import dev.godwit.plan.Step;
import java.util.List;

/// One step of one run on one session.
record StepScope(RunContext context, Session session, Work work, LedgerRun run, int index) {
    Step step() {
        return work.steps().get(index);
    }

    boolean last() {
        return index == work.steps().size() - 1;
    }

    void tell(RunEvent event) {
        context.listener().on(event);
    }

    StepState state() {
        return Ledger.state(session, run, index);
    }

    void journalStarted() {
        context.ledger().started(session, run, index, StatementHash.of(step()));
    }

    /// Takes on the role that the steps before this one have SET. Between the user's statements the session is always
    /// the role that logged in, because only that one may write the ledger.
    void enterRole() {
        work.steps().subList(0, index).stream()
                .map(Step::statements)
                .flatMap(List::stream)
                .filter(SessionSettings::changesRole)
                .forEach(statement -> session.execute(statement.sql()));
    }

    void leaveRole() {
        session.execute("RESET SESSION AUTHORIZATION; RESET ROLE");
    }

    /// In the transaction of the step's effect, as its last act.
    void journalDone() {
        leaveRole();
        context.ledger().done(session, run, index, StatementHash.of(step()));
        if (last()) {
            finishRun();
        }
    }

    /// Nothing when another runner has done so since this one looked.
    void journalDoneOnce() {
        if (!state().done()) {
            journalDone();
        }
    }

    /// The version row, the end of the run and the event for the report: all with the last effect, or none.
    void finishRun() {
        context.versions().record(session, run.direction(), work.version());
        Ledger.close(session, run.id(), "finished");
        EventLog.finished(session, run);
    }

    void journalFailed(String sqlState) {
        context.ledger().failed(session, run, index, StatementHash.of(step()), sqlState);
    }
}
