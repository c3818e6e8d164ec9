package dev.godwit.rehearse;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// How much larger than before the database is at most while a migration runs, the files of a sort and of a transaction
/// that is still open included. A session of its own looks; one that may not see temporary files counts without them.
///
/// A size is asked of the file system, file by file, so a large schema is looked at less often.
final class SpacePeak implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(50);

    /// Of the time, at most a tenth is spent looking.
    private static final int REST = 9;

    private static final String MAY = "SELECT has_function_privilege('pg_catalog.pg_ls_tmpdir()', 'EXECUTE') AS may";
    private static final String DATABASE = "pg_catalog.pg_database_size(current_database())";
    private static final String TEMPORARY = " + coalesce((SELECT sum(size) FROM pg_catalog.pg_ls_tmpdir()), 0)";

    private final Session session;
    private final String size;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicLong most = new AtomicLong();
    private final AtomicReference<@Nullable DatabaseException> failure = new AtomicReference<>();
    private final long before;
    private final Thread thread;

    private SpacePeak(Session session) {
        this.session = session;
        boolean may = session.queryOne(MAY, row -> row.flag("may")).orElseThrow();
        this.size = "SELECT (" + DATABASE + (may ? TEMPORARY : "") + ")::bigint AS bytes";
        look();
        this.before = most.get();
        this.thread = Thread.ofVirtual().name("space-peak").unstarted(this::watch);
    }

    static SpacePeak start(DatabaseUrl url) {
        SpacePeak peak = new SpacePeak(Session.open(url, "godwit space"));
        peak.thread.start();
        return peak;
    }

    private void look() {
        most.accumulateAndGet(session.queryOne(size, row -> row.number("bytes")).orElseThrow(), Math::max);
    }

    private void watch() {
        try {
            long rest = PERIOD.toNanos();
            while (!stop.await(rest, TimeUnit.NANOSECONDS)) {
                long began = System.nanoTime();
                look();
                rest = Math.max(PERIOD.toNanos(), REST * (System.nanoTime() - began));
            }
            look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DatabaseException e) {
            failure.set(e);
        }
    }

    /// Looks a last time.
    ///
    /// @return bytes
    long stop() {
        end();
        DatabaseException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return most.get() - before;
    }

    private void end() {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end();
        session.close();
    }
}
