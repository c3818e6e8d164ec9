package dev.godwit.execute;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.postgres.SqlState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Ends the work of those who are in the way and whom the operator has named: a statement is cancelled; a transaction
/// that idles would not hear of that, and one that has not heard of it loses its connection.
///
/// Source: PostgreSQL manual, section 9.28.2.
final class BlockerEnd {
    private final Session session;
    private final RunContext context;
    private final Map<Integer, Stopwatch> cancelled = new HashMap<>();
    private Stopwatch sinceLast = Stopwatch.start();

    BlockerEnd(RunContext context, Session session) {
        this.context = context;
        this.session = session;
    }

    /// @param old who is in the way
    /// @param waited for them
    void ask(int step, List<Blocker> old, Stopwatch waited) {
        MayEnd may = context.policy().mayEnd();
        if (sinceLast.elapsed().compareTo(may.after()) < 0) {
            return;
        }
        sinceLast = Stopwatch.start();
        old.stream().filter(blocker -> may.allows(blocker, waited.elapsed())).forEach(blocker -> end(step, blocker));
    }

    private void end(int step, Blocker blocker) {
        boolean idle = blocker.state().filter(state -> state.startsWith("idle")).isPresent();
        boolean terminate = idle || hasNotHeard(blocker);
        try {
            boolean told = session.queryOne(
                            """
                            SELECT %s(pid) AS told FROM pg_catalog.pg_stat_activity
                            WHERE pid = ? AND application_name = ? AND usename IS NOT DISTINCT FROM nullif(?, '')""".formatted(terminate ? "pg_terminate_backend" : "pg_cancel_backend"),
                            row -> row.flag("told"),
                            blocker.pid(),
                            blocker.name(),
                            blocker.role().orElse(""))
                    .orElse(false);
            if (told) {
                say(step, blocker, terminate ? "ended the connection of" : "cancelled");
            }
        } catch (DatabaseException e) {
            if (!e.sqlState().equals(SqlState.INSUFFICIENT_PRIVILEGE)) {
                throw e;
            }
            say(step, blocker, "this login needs pg_signal_backend to cancel");
        }
    }

    /// @return whether its transaction was cancelled before; a pooled connection may have begun another since
    private boolean hasNotHeard(Blocker blocker) {
        @Nullable Stopwatch before = cancelled.put(blocker.pid(), Stopwatch.start());
        return before != null && blocker.age().compareTo(before.elapsed()) > 0;
    }

    private void say(int step, Blocker blocker, String what) {
        context.listener().on(new RunEvent.BlockerEnded(step, what, blocker));
    }
}
