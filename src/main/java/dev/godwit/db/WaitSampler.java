package dev.godwit.db;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Looks every 10 ms whether a backend stands in the queue of a relation, from a session of its own and only while
/// there is somebody to look at: the backend itself is asked nothing, so its transaction is no longer for it.
///
/// From PostgreSQL 14 the server says when a wait began, so a wait that was seen once is short of its last 10 ms at
/// most; one that began and ended between two looks is missed. Before 14 it counts from the first look.
///
/// @param <L> what a wait is counted to, a statement
public final class WaitSampler<L> implements AutoCloseable {
    private static final long PERIOD_MILLIS = 10;
    private static final int KNOWS_START = 14;
    private final Session session;
    private final AtomicReference<@Nullable Target<L>> target = new AtomicReference<>();
    private final Map<Stand<L>, Long> longestNanos = new ConcurrentHashMap<>();
    private final Map<Lock, Long> firstSeen = new HashMap<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicReference<@Nullable DatabaseException> failure = new AtomicReference<>();
    private final Thread thread;

    /// Each time it is set anew it is another one.
    private static final class Target<L> {
        private final int backendPid;
        private final L label;

        Target(int backendPid, L label) {
            this.backendPid = backendPid;
            this.label = label;
        }
    }

    private record Lock(QualifiedName relation, LockMode mode) {}

    private record Sight(Lock lock, Optional<Long> waitedNanos, Optional<String> began) {}

    /// One stand in one queue, from asking to getting or giving up.
    private record Stand<L>(L label, Lock lock, String began) {}

    /// One stand in the queue of a relation: who asked again after giving up has several.
    public record Wait<L>(L label, QualifiedName relation, LockMode mode, long nanos) {}

    private WaitSampler(Session session) {
        this.session = session;
        session.execute(prepare(session.serverVersion().atLeast(KNOWS_START)));
        sights(session.backendPid());
        this.thread = Thread.ofVirtual().name("wait-sampler").unstarted(this::look);
    }

    /// Planned once: planning would cost more than looking.
    private static String prepare(boolean knowsStart) {
        return """
                SET plan_cache_mode = force_generic_plan;
                PREPARE look (int) AS
                SELECT n.nspname::text AS schema, c.relname::text AS name, l.mode AS mode, %s
                FROM pg_catalog.pg_locks l
                JOIN pg_catalog.pg_class c ON c.oid = l.relation
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE l.pid = $1 AND NOT l.granted AND l.locktype = 'relation'
                  AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())""".formatted(
                        knowsStart
                                ? "(extract(epoch FROM clock_timestamp() - l.waitstart) * 1e6)::bigint::text AS waited,"
                                        + " l.waitstart::text AS began"
                                : "NULL::text AS waited, NULL::text AS began");
    }

    public static <L> WaitSampler<L> start(DatabaseUrl url) {
        WaitSampler<L> sampler = new WaitSampler<>(Session.open(url, "godwit wait sampler"));
        sampler.thread.start();
        return sampler;
    }

    /// From now on this backend is looked at, and no other.
    public void watch(int backendPid, L label) {
        target.set(new Target<>(backendPid, label));
    }

    /// From now on nobody is looked at.
    public void rest() {
        target.set(null);
    }

    private void look() {
        @Nullable Target<L> before = null;
        try {
            do {
                Target<L> now = target.get();
                if (now != before) {
                    firstSeen.clear();
                }
                if (now != null) {
                    look(now);
                }
                before = now;
            } while (!stop.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS));
        } catch (DatabaseException e) {
            failure.set(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Target<L> at) {
        List<Sight> sights = sights(at.backendPid);
        firstSeen.keySet().retainAll(sights.stream().map(Sight::lock).toList());
        long now = System.nanoTime();
        for (Sight sight : sights) {
            long first = firstSeen.computeIfAbsent(sight.lock(), _ -> now);
            Stand<L> stand = new Stand<>(at.label, sight.lock(), sight.began().orElse("seen " + first));
            longestNanos.merge(stand, sight.waitedNanos().orElse(now - first), Math::max);
        }
    }

    private List<Sight> sights(int backendPid) {
        return session.query("EXECUTE look (" + backendPid + ")", WaitSampler::sight);
    }

    private static Sight sight(Row row) {
        Lock lock = new Lock(
                new QualifiedName(row.text("schema"), row.text("name")), LockMode.fromPgLocks(row.text("mode")));
        return new Sight(
                lock,
                Optional.ofNullable(row.textOrNull("waited"))
                        .map(micros -> TimeUnit.MICROSECONDS.toNanos(Long.parseLong(micros))),
                Optional.ofNullable(row.textOrNull("began")));
    }

    /// Ends the looking.
    ///
    /// @throws DatabaseException when a look failed, since a sample with a hole proves nothing
    public List<Wait<L>> stop() {
        close();
        DatabaseException broken = failure.get();
        if (broken != null) {
            throw broken;
        }
        List<Wait<L>> waits = new ArrayList<>();
        longestNanos.forEach((stand, nanos) -> waits.add(
                new Wait<>(stand.label(), stand.lock().relation(), stand.lock().mode(), nanos)));
        return List.copyOf(waits);
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
