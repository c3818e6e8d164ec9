package dev.godwit.execute;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.postgres.SqlState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes autovacuum leave a table, without a privilege and without holding up a query.
///
/// The server cancels an autovacuum that someone has waited for during `deadlock_timeout` (1 s by default), far longer
/// than a strong lock may stand in the queue. A SHARE UPDATE EXCLUSIVE lock conflicts with autovacuum and with no query
/// of traffic, so it may wait that long; it is given back at once. A vacuum to prevent wraparound stays.
///
/// Source: `ProcSleep` in PostgreSQL's `proc.c`.
final class Autovacuum {
    private static final Duration BETWEEN = Duration.ofSeconds(10);

    /// The table went, the role may not lock it, it is a kind that cannot be locked, or autovacuum did not leave: each
    /// means that the wait goes on, with its blocker named.
    private static final Set<String> NO_HELP = Set.of(
            SqlState.LOCK_NOT_AVAILABLE,
            SqlState.INSUFFICIENT_PRIVILEGE,
            SqlState.UNDEFINED_TABLE,
            SqlState.DEADLOCK_DETECTED,
            "42809");

    private final Session session;
    private @Nullable Stopwatch sinceLast;

    Autovacuum(Session session) {
        this.session = session;
    }

    /// @return the table that autovacuum was asked to leave; empty when it is not in the way, was asked a moment ago,
    /// or
    ///     did not listen
    Optional<String> ask(List<Blocker> blockers) {
        Optional<Blocker> vacuum = blockers.stream()
                .filter(blocker -> blocker.kind() == Blocker.Kind.AUTOVACUUM)
                .findFirst();
        if (vacuum.isEmpty() || askedJustNow()) {
            return Optional.empty();
        }
        sinceLast = Stopwatch.start();
        return lockedOnce(vacuum.get().relation())
                ? vacuum.map(blocker -> blocker.relation().toString())
                : Optional.empty();
    }

    private boolean askedJustNow() {
        return sinceLast != null && sinceLast.elapsed().compareTo(BETWEEN) < 0;
    }

    private boolean lockedOnce(QualifiedName relation) {
        session.begin();
        try {
            session.execute("SELECT set_config('lock_timeout', (3000 + extract(epoch FROM"
                    + " current_setting('deadlock_timeout')::interval) * 1000)::int::text, true)");
            session.execute("LOCK TABLE ONLY " + relation.sql() + " IN SHARE UPDATE EXCLUSIVE MODE");
            return true;
        } catch (DatabaseException e) {
            if (NO_HELP.contains(e.sqlState())) {
                return false;
            }
            throw e;
        } finally {
            if (session.inTransaction()) {
                session.rollback();
            }
        }
    }
}
