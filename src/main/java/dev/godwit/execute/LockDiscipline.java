package dev.godwit.execute;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.postgres.SqlState;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Never queue in front of traffic: a transaction that needs a strong lock is begun only when nobody has held the
/// table for long, stands in the queue for a moment only, and otherwise rolls back and stays away for a random pause.
///
/// There is no last try without a timeout: at the deadline the work stops and names who was in the way.
final class LockDiscipline {
    private static final Set<String> RETRIED =
            Set.of(SqlState.LOCK_NOT_AVAILABLE, SqlState.DEADLOCK_DETECTED, SqlState.SERIALIZATION_FAILURE);

    private final RetryPolicy policy;
    private final RunListener listener;
    private final Cancellation cancellation;
    private final RandomGenerator random;

    LockDiscipline(RetryPolicy policy, RunListener listener, Cancellation cancellation, RandomGenerator random) {
        this.policy = requireNonNull(policy);
        this.listener = requireNonNull(listener);
        this.cancellation = requireNonNull(cancellation);
        this.random = requireNonNull(random);
    }

    /// A transaction, from its BEGIN to its COMMIT, that rolls back whatever it throws.
    @FunctionalInterface
    interface Attempt {
        /// @param lockTimeout how long each statement that stops traffic may stand in the queue
        void run(Duration lockTimeout);
    }

    /// @param needs the strong locks of the transaction on relations that others can see
    void carryOut(int step, Session session, List<LockNeed> needs, Attempt attempt) {
        LockQueue queue = LockQueue.of(session, needs);
        QuietMoment quiet = new QuietMoment(step, session, queue);
        for (int tries = 0; true; tries++) {
            quiet.await();
            Duration lockTimeout = policy.lockTimeout(tries);
            try {
                attempt.run(lockTimeout);
                return;
            } catch (DatabaseException e) {
                if (!RETRIED.contains(e.sqlState())) {
                    throw e;
                }
                standAside(quiet, tries, lockTimeout, e.sqlState());
            }
        }
    }

    private void standAside(QuietMoment quiet, int tries, Duration lockTimeout, String sqlState) {
        List<Blocker> blockers = quiet.queue.blockers();
        quiet.checkDeadline(blockers);
        Duration pause = policy.pause(tries, random);
        listener.on(new RunEvent.LockMissed(quiet.step, tries, lockTimeout, sqlState, blockers, pause));
        cancellation.pause(pause);
    }

    /// The wait outside of the queue.
    private final class QuietMoment {
        private static final Duration FIRST_LOOK = Duration.ofMillis(10);
        private static final Duration LATER_LOOK = Duration.ofMillis(50);
        private static final Duration SAY_AGAIN = Duration.ofSeconds(1);

        private final int step;
        private final Session session;
        private final LockQueue queue;
        private final Stopwatch sinceBegin = Stopwatch.start();

        QuietMoment(int step, Session session, LockQueue queue) {
            this.step = step;
            this.session = session;
            this.queue = queue;
        }

        void await() {
            Stopwatch waited = Stopwatch.start();
            Autovacuum autovacuum = new Autovacuum(session);
            Duration sayAt = Duration.ZERO;
            for (List<Blocker> old = old(waited); !old.isEmpty(); old = old(waited)) {
                checkDeadline(old);
                if (waited.elapsed().compareTo(sayAt) >= 0) {
                    listener.on(new RunEvent.WaitingForQuiet(step, waited.elapsed(), old));
                    sayAt = waited.elapsed().plus(SAY_AGAIN);
                }
                autovacuum.ask(old).ifPresent(relation -> listener.on(new RunEvent.AutovacuumAsked(step, relation)));
                cancellation.pause(waited.elapsed().compareTo(SAY_AGAIN) < 0 ? FIRST_LOOK : LATER_LOOK);
            }
            cancellation.check();
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
            if (waited.toSeconds() < 1) {
                return policy.stallBudget();
            }
            if (waited.toSeconds() < 5) {
                return policy.stallBudget().multipliedBy(2);
            }
            return policy.stallBudget().multipliedBy(waited.toSeconds() < 20 ? 5 : 10);
        }

        void checkDeadline(List<Blocker> blockers) {
            if (sinceBegin.elapsed().compareTo(policy.deadline()) > 0) {
                throw deadlinePassed(step, blockers);
            }
        }
    }

    private GodwitException deadlinePassed(int step, List<Blocker> blockers) {
        return Problem.stopped("no quiet moment within " + policy.deadline().toSeconds() + " s for the locks of step "
                        + (step + 1) + ": " + Blocker.sentences(blockers))
                .at("step " + (step + 1))
                .leaving("the step is rolled back, the steps before it are done, no query was held up longer than "
                        + policy.stallBudget().toMillis() + " ms at a time")
                .remedy("end or wait for those sessions, then " + cancellation.resumeCommand())
                .raise();
    }
}
