package dev.godwit.command;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import java.time.Duration;
import java.util.Optional;

/// An old snapshot, which an index that is built concurrently waits for at its end.
final class Stopper implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Session old;
    private final Session look;

    private Stopper(Session old, Session look) {
        this.old = old;
        this.look = look;
    }

    static Stopper on(DatabaseUrl url) {
        Session old = Session.open(url, "test");
        old.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM pg_class");
        return new Stopper(old, Session.open(url, "test"));
    }

    /// Waits until a build waits, and ends its statement: the index stays, invalid.
    void cancelTheBuild() {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!cancelled()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("nobody builds an index concurrently");
            }
            Thread.onSpinWait();
        }
    }

    private boolean cancelled() {
        Optional<Boolean> done = look.queryOne(
                "SELECT pg_cancel_backend(pid) AS done FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND query ILIKE '%INDEX CONCURRENTLY%' AND wait_event = 'virtualxid'",
                row -> row.flag("done"));
        return done.orElse(false);
    }

    @Override
    public void close() {
        look.close();
        old.close();
    }
}
