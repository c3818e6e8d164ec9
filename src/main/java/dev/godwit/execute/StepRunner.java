package dev.godwit.execute;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.Session;
import dev.godwit.source.Direction;

/// Carries out one migration in one direction, step by step, so that each is done exactly once whatever happens.
///
/// Any machine with the same files can resume what another began: what is done stands in the ledger, what is not known
/// is read from the catalog.
public final class StepRunner {
    /// What a run found to do.
    public enum Outcome {
        CARRIED_OUT,
        /// Somebody else did it since the caller looked.
        ALREADY_DONE
    }

    private final RunContext context;

    public StepRunner(RunContext context) {
        this.context = requireNonNull(context);
    }

    /// Returns when the migration is done and its version recorded; throws otherwise, with the state it left and the
    /// command that goes on.
    public Outcome run(Work work) {
        try (Link link = new Link(context)) {
            Ledger.prepare(link.session());
            context.versions().prepare(link.session());
            if (isDone(link.session(), work)) {
                return Outcome.ALREADY_DONE;
            }
            EventLog.warmUp(link.session(), work.migration());
            LedgerRun run = context.ledger().begin(link.session(), work);
            new Passage(context, link, work, run).carryOut();
            return Outcome.CARRIED_OUT;
        } finally {
            context.cancellation().cancelsNothing();
        }
    }

    private boolean isDone(Session session, Work work) {
        return Ledger.unfinished(session, work.migration()).isEmpty()
                && context.versions().records(session, work.version()) == (work.direction() == Direction.UP);
    }
}
