package dev.godwit.execute;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.Session;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.time.Duration;
import java.util.List;

/// The wait for strong locks outside of their queue, and the pause after a try that did not get them.
///
/// @see LockDiscipline
public final class QuietMoment {
    private static final Duration FIRST_LOOK = Duration.ofMillis(10);
    private static final Duration LATER_LOOK = Duration.ofMillis(50);
    private static final Duration SAY_AGAIN = Duration.ofSeconds(1);

    private final RunContext context;
    private final int step;
    private final Session session;
    private final LockQueue queue;
    private final Stopwatch sinceBegin = Stopwatch.start();

    /// @param session one that can look at `pg_locks` now; that of the work itself, or another
    /// @param needs the strong locks on relations that others can see
    public QuietMoment(RunContext context, int step, Session session, List<LockNeed> needs) {
        this.context = requireNonNull(context);
        this.step = step;
        this.session = requireNonNull(session);
        this.queue = LockQueue.of(session, needs);
    }

    /// Returns when nobody has held the tables for long.
    public void await() {
        Stopwatch waited = Stopwatch.start();
        Autovacuum autovacuum = new Autovacuum(session);
        BlockerEnd end = new BlockerEnd(context, session);
        Duration sayAt = Duration.ZERO;
        for (List<Blocker> old = old(waited); !old.isEmpty(); old = old(waited)) {
            checkDeadline(old);
            if (waited.elapsed().compareTo(sayAt) >= 0) {
                context.listener().on(new RunEvent.WaitingForQuiet(step, waited.elapsed(), old));
                sayAt = waited.elapsed().plus(SAY_AGAIN);
            }
            autovacuum
                    .ask(old)
                    .ifPresent(relation -> context.listener().on(new RunEvent.AutovacuumAsked(step, relation)));
            end.ask(step, old, waited);
            context.cancellation().pause(waited.elapsed().compareTo(SAY_AGAIN) < 0 ? FIRST_LOOK : LATER_LOOK);
        }
        context.cancellation().check();
    }

    /// Stays away for a random time after a try that stood in the queue for as long as it might.
    ///
    /// @param tries how many went before this one
    public void standAside(int tries, Duration lockTimeout, String sqlState) {
        List<Blocker> blockers = queue.blockers();
        checkDeadline(blockers);
        Duration pause = context.policy().pause(tries, context.random());
        context.listener().on(new RunEvent.LockMissed(step, tries, lockTimeout, sqlState, blockers, pause));
        context.cancellation().pause(pause);
    }

    /// Who holds a table for so short a time that it will let go within a try is no reason to wait.
    private List<Blocker> old(Stopwatch waited) {
        Duration patience = patience(waited.elapsed());
        return queue.blockers().stream()
                .filter(blocker -> blocker.age().compareTo(patience) > 0)
                .toList();
    }

    /// Readers that overlap without a gap never leave a moment without an old one; so what counts as old grows
    /// while Godwit waits, up to ten stall budgets.
    private Duration patience(Duration waited) {
        Duration budget = context.policy().stallBudget();
        if (waited.toSeconds() < 1) {
            return budget;
        }
        if (waited.toSeconds() < 5) {
            return budget.multipliedBy(2);
        }
        return budget.multipliedBy(waited.toSeconds() < 20 ? 5 : 10);
    }

    private void checkDeadline(List<Blocker> blockers) {
        if (sinceBegin.elapsed().compareTo(context.policy().deadline()) > 0) {
            throw deadlinePassed(blockers);
        }
    }

    private GodwitException deadlinePassed(List<Blocker> blockers) {
        return Problem.stopped("no quiet moment within "
                        + context.policy().deadline().toSeconds() + " s for the locks of step " + (step + 1) + ": "
                        + Blocker.sentences(blockers))
                .at("step " + (step + 1))
                .leaving("the step is rolled back, the steps before it are done, no query was held up longer than "
                        + context.policy().stallBudget().toMillis() + " ms at a time")
                .remedy("end or wait for those sessions, then "
                        + context.cancellation().resumeCommand())
                .raise();
    }
}
