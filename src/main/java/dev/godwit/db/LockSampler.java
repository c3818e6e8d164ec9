package dev.godwit.db;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Looks every 10 ms at the relation locks of one backend, from a session of its own: for statements that take and let
/// go of their locks in transactions of their own (CONCURRENTLY, VACUUM), and for waits. A lock shorter than the look
/// may be missed; [LocksHeld] misses none inside a transaction.
public final class LockSampler implements AutoCloseable {
    private static final long PERIOD_MILLIS = 10;
    private static final String SELECT = """
            SELECT n.nspname::text AS schema, c.relname::text AS name, l.mode AS mode, l.granted AS granted
            FROM pg_catalog.pg_locks l
            JOIN pg_catalog.pg_class c ON c.oid = l.relation
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE l.pid = ? AND l.locktype = 'relation' AND l.mode <> 'SIReadLock'
              AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
              AND n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema', 'godwit')""";

    private final Session session;
    private final int backendPid;
    private final Map<Seen, Sight> sights = new ConcurrentHashMap<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicReference<@Nullable DatabaseException> failure = new AtomicReference<>();
    private final Thread thread;

    private record Seen(QualifiedName relation, LockMode mode, boolean granted) {}

    private record Sight(long firstNanos, long lastNanos) {
        Duration length() {
            return Duration.ofNanos(lastNanos - firstNanos);
        }
    }

    private LockSampler(Session session, int backendPid) {
        this.session = session;
        this.backendPid = backendPid;
        this.thread = Thread.ofVirtual().name("lock-sampler").unstarted(this::look);
    }

    public static LockSampler start(DatabaseUrl url, int backendPid) {
        LockSampler sampler = new LockSampler(Session.open(url, "godwit lock sampler"), backendPid);
        sampler.thread.start();
        return sampler;
    }

    private void look() {
        try {
            do {
                long now = System.nanoTime();
                session.query(SELECT, LockSampler::seen, backendPid)
                        .forEach(lock ->
                                sights.merge(lock, new Sight(now, now), (old, _) -> new Sight(old.firstNanos(), now)));
            } while (!stop.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS));
        } catch (DatabaseException e) {
            failure.set(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Seen seen(Row row) {
        return new Seen(
                new QualifiedName(row.text("schema"), row.text("name")),
                LockMode.fromPgLocks(row.text("mode")),
                row.flag("granted"));
    }

    /// Ends the looking.
    ///
    /// @return by relation and mode
    /// @throws DatabaseException when a look failed, since a sample with a hole proves nothing
    public List<ObservedLock> stop() {
        close();
        DatabaseException broken = failure.get();
        if (broken != null) {
            throw broken;
        }
        List<ObservedLock> locks = new ArrayList<>();
        sights.keySet().stream()
                .map(seen -> new Seen(seen.relation(), seen.mode(), true))
                .distinct()
                .forEach(lock ->
                        locks.add(new ObservedLock(lock.relation(), lock.mode(), length(lock), length(waiting(lock)))));
        locks.sort(Comparator.comparing(ObservedLock::relation).thenComparing(ObservedLock::mode));
        return List.copyOf(locks);
    }

    private static Seen waiting(Seen lock) {
        return new Seen(lock.relation(), lock.mode(), false);
    }

    private Duration length(Seen lock) {
        Sight sight = sights.get(lock);
        return sight == null ? Duration.ZERO : sight.length();
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            session.close();
        }
    }
}
