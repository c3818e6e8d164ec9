package dev.godwit.execute;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.Session;
import dev.godwit.plan.Step;
import java.util.Optional;

/// The ledger of a run whose effect and version row another program writes, a framework by its own command. Effect and
/// journal cannot be one transaction, so the run is announced before and closed after, and who comes back after a crash
/// reads from version table and catalog how far it came.
public final class ForeignRun {
    private final Ledger ledger;
    private final Session session;
    private final LedgerRun run;

    private ForeignRun(Ledger ledger, Session session, LedgerRun run) {
        this.ledger = ledger;
        this.session = session;
        this.run = run;
    }

    /// Makes the ledger when it is not there, and begins the run or takes up the open one.
    ///
    /// @param session Godwit's own, used by nobody else until the run ends
    public static ForeignRun begin(RunContext context, Session session, Work work) {
        requireNonNull(session);
        Ledger.prepare(session);
        EventLog.warmUp(session, work.migration());
        return new ForeignRun(context.ledger(), session, context.ledger().begin(session, work));
    }

    /// Closes a run whose end the version table shows and the ledger does not: the program was killed after
    /// its work, or a person has mended the row.
    public static void settle(Session session, LedgerRun run) {
        session.inTransaction(() -> {
            Ledger.claim(session, run);
            Ledger.close(session, run.id(), "finished");
            EventLog.finished(session, run);
            return Optional.empty();
        });
    }

    /// @return whether an earlier attempt was announced whose end nobody has journaled
    public boolean begunBefore() {
        return Ledger.state(session, run, 0).begun();
    }

    public void announce(Work work) {
        for (int i = 0; i < work.steps().size(); i++) {
            ledger.started(session, run, i, hash(work, i));
        }
    }

    /// What failed left nothing behind, or what it left is in the catalog for the next attempt.
    public void failed(Work work, String sqlState) {
        for (int i = 0; i < work.steps().size(); i++) {
            ledger.failed(session, run, i, hash(work, i), sqlState);
        }
    }

    /// Closes the run; the caller has seen the version row.
    public void finished(Work work) {
        session.inTransaction(() -> {
            Ledger.claim(session, run);
            for (int i = 0; i < work.steps().size(); i++) {
                ledger.done(session, run, i, hash(work, i));
            }
            Ledger.close(session, run.id(), "finished");
            EventLog.finished(session, run);
            return Optional.empty();
        });
    }

    private static String hash(Work work, int step) {
        Step one = work.steps().get(step);
        return StatementHash.of(one);
    }
}
