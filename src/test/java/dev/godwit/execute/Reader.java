package dev.godwit.execute;

import dev.godwit.db.Session;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A user of the table `orders` who reads a row every few milliseconds and remembers the longest wait.
final class Reader implements AutoCloseable {
    /// What a busy machine of two cores adds.
    static final long NOISE_MILLIS = 250;

    private final Session session;
    private final Thread thread;
    private final AtomicLong queries = new AtomicLong();
    private final AtomicLong longestNanos = new AtomicLong();
    private volatile boolean stopped;

    private Reader(Session session) {
        this.session = session;
        this.thread = Thread.ofPlatform().start(this::read);
    }

    static Reader start(TestDatabase database) {
        return new Reader(database.open("reader"));
    }

    private void read() {
        while (!stopped) {
            Stopwatch took = Stopwatch.start();
            session.queryOne("SELECT id FROM orders WHERE id = 1", row -> row.number("id"));
            longestNanos.accumulateAndGet(took.elapsed().toNanos(), Math::max);
            queries.incrementAndGet();
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }

    long queries() {
        return queries.get();
    }

    long longestMillis() {
        return Duration.ofNanos(longestNanos.get()).toMillis();
    }

    @Override
    public void close() {
        stopped = true;
        Await.until(() -> !thread.isAlive());
        session.close();
    }
}
