package dev.godwit.execute;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.postgres.SqlState;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Never queue in front of traffic: a transaction that needs a strong lock is begun only when nobody has held the
/// table for long, stands in the queue for a moment only, and otherwise rolls back and stays away for a random pause.
///
/// There is no last try without a timeout: at the deadline the work stops and names who was in the way.
public final class LockDiscipline {
    private static final Set<String> RETRIED =
            Set.of(SqlState.LOCK_NOT_AVAILABLE, SqlState.DEADLOCK_DETECTED, SqlState.SERIALIZATION_FAILURE);

    private final RunContext context;

    LockDiscipline(RunContext context) {
        this.context = requireNonNull(context);
    }

    /// @return whether a statement or transaction that ended so may be tried again: it has left nothing, and a later
    ///     try may find its locks free
    public static boolean triesAgain(String sqlState) {
        return RETRIED.contains(sqlState);
    }

    /// A transaction, from its BEGIN to its COMMIT, that rolls back whatever it throws.
    @FunctionalInterface
    interface Attempt {
        /// @param lockTimeout how long each statement that stops traffic may stand in the queue
        void run(Duration lockTimeout);
    }

    /// @param needs the strong locks of the transaction on relations that others can see
    void carryOut(int step, Session session, List<LockNeed> needs, Attempt attempt) {
        QuietMoment quiet = new QuietMoment(context, step, session, needs);
        for (int tries = 0; true; tries++) {
            quiet.await();
            Duration lockTimeout = context.policy().lockTimeout(tries);
            try {
                attempt.run(lockTimeout);
                return;
            } catch (DatabaseException e) {
                if (!triesAgain(e.sqlState())) {
                    throw e;
                }
                quiet.standAside(tries, lockTimeout, e.sqlState());
            }
        }
    }
}
