package dev.godwit.execute;

import static java.util.Objects.requireNonNull;

/// Carries out one migration in one direction, step by step, so that each is done exactly once whatever happens.
///
/// Any machine with the same files can resume what another began: what is done stands in the ledger, what is not known
/// is read from the catalog.
public final class StepRunner {
    private final RunContext context;

    public StepRunner(RunContext context) {
        this.context = requireNonNull(context);
    }

    /// Returns when the migration is done and its version recorded; throws otherwise, with the state it left and the
    /// command that goes on.
    public void run(Work work) {
        try (Link link = new Link(context)) {
            Ledger.prepare(link.session());
            context.versions().prepare(link.session());
            LedgerRun run = context.ledger().begin(link.session(), work);
            new Passage(context, link, work, run).carryOut();
        } finally {
            context.cancellation().cancelsNothing();
        }
    }
}
