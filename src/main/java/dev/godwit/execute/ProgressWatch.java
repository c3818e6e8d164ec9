package dev.godwit.execute;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Row;
import dev.godwit.db.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Tells, once a second, what a statement outside of a transaction is busy with and whom it waits for; on a session of
/// its own, because the other one is busy.
final class ProgressWatch implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final String PROGRESS = """
            SELECT p.phase, coalesce(p.tuples_done, 0) AS done, coalesce(p.tuples_total, 0) AS total,
              coalesce(p.blocks_done, 0) AS blocks_done, coalesce(p.blocks_total, 0) AS blocks_total,
              CASE WHEN a.pid IS NOT NULL THEN 'pid ' || a.pid || ' (app ' || a.application_name
                || coalesce(', ' || a.state || ' for '
                  || round(extract(epoch FROM clock_timestamp() - a.xact_start)::numeric, 1) || ' s', '') || ')' END AS who
            FROM pg_catalog.pg_stat_progress_create_index p
            LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = nullif(p.current_locker_pid, 0)
            WHERE p.pid = ?""";

    private final StepScope scope;
    private final int pid;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    private ProgressWatch(StepScope scope) {
        this.scope = scope;
        this.pid = scope.session().backendPid();
        this.thread = Thread.ofVirtual().name("godwit progress").start(this::watch);
    }

    static ProgressWatch start(StepScope scope) {
        return new ProgressWatch(scope);
    }

    /// A watch that cannot look says so and ends; the work goes on.
    private void watch() {
        try {
            watchUntilStopped();
        } catch (DatabaseException e) {
            scope.tell(new RunEvent.Progress(
                    scope.index(), "progress cannot be read: " + e.serverMessage(), 0, 0, Optional.empty()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Connects only when the statement takes so long that there is something to tell.
    private void watchUntilStopped() throws InterruptedException {
        if (stopped()) {
            return;
        }
        try (Session session = scope.context().connections().open()) {
            do {
                session.queryOne(PROGRESS, this::event, pid).ifPresent(scope::tell);
            } while (!stopped());
        }
    }

    private boolean stopped() throws InterruptedException {
        return stop.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private RunEvent event(Row row) {
        boolean blocks = row.number("blocks_total") > 0;
        return new RunEvent.Progress(
                scope.index(),
                row.text("phase"),
                row.number(blocks ? "blocks_done" : "done"),
                row.number(blocks ? "blocks_total" : "total"),
                Optional.ofNullable(row.textOrNull("who")));
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
