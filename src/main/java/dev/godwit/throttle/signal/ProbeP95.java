package dev.godwit.throttle.signal;

import com.google.auto.service.AutoService;
import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.postgres.Identifiers;
import dev.godwit.throttle.LimitText;
import dev.godwit.throttle.LongWork;
import dev.godwit.throttle.Reading;
import dev.godwit.throttle.Signal;
import dev.godwit.throttle.ThrottleSignal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What a client of the table feels. Ten times a second, on a connection of its own, a row of a random block is read
/// and
/// a commit is made that has to be written down (by a message in the log that nobody reads), and the time of both is
/// taken. That is a stand-in for traffic, which Godwit cannot see from here; it takes no lock that any change would
/// wait
/// for longer than that.
@AutoService(ThrottleSignal.class)
public final class ProbeP95 implements ThrottleSignal {
    @Override
    public String id() {
        return "probe_p95";
    }

    @Override
    public String example() {
        return "50ms";
    }

    @Override
    public Optional<String> standard() {
        return Optional.empty();
    }

    @Override
    public Limited limited(String limit) {
        Duration most = LimitText.time(limit);
        return work -> new Probe(work, most);
    }

    private static final class Probe implements Signal {
        private static final Duration BETWEEN = Duration.ofMillis(100);
        private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
        private static final String COMMIT =
                "SELECT pg_catalog.pg_logical_emit_message(true, 'godwit', '')::text AS at";

        private static final int KEPT = 40;
        private static final int FEWEST = 20;

        private final LongWork work;
        private final String read;
        private final Duration most;
        private final Deque<Duration> times = new ArrayDeque<>();
        private final CountDownLatch over = new CountDownLatch(1);
        private final Thread thread;
        private Duration longest = Duration.ZERO;
        private Optional<String> failure = Optional.empty();

        Probe(LongWork work, Duration most) {
            this.work = work;
            this.read = "SELECT 1 AS one FROM " + work.table().sql() + " WHERE ctid = (SELECT ('('"
                    + " || floor(random() * greatest(1, c.relpages))::bigint || ',1)')::tid"
                    + " FROM pg_catalog.pg_class c WHERE c.oid = "
                    + Identifiers.literal(work.table().sql()) + "::regclass) LIMIT 1";
            this.most = most;
            this.thread = Thread.ofVirtual().name("godwit-probe").start(this::probe);
        }

        private void probe() {
            try {
                do {
                    try (Session session = work.connections().get()) {
                        whileItLasts(session);
                    } catch (DatabaseException e) {
                        fail("it fails with SQLSTATE " + e.sqlState());
                    }
                } while (!over.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException _) {
                fail("it was interrupted");
            }
        }

        private void whileItLasts(Session session) throws InterruptedException {
            do {
                long began = System.nanoTime();
                session.query(read, row -> row.number("one"));
                session.query(COMMIT, row -> row.text("at"));
                keep(Duration.ofNanos(System.nanoTime() - began));
            } while (!over.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS));
        }

        private synchronized void keep(Duration time) {
            failure = Optional.empty();
            times.addLast(time);
            if (times.size() > KEPT) {
                times.removeFirst();
            }
            longest = longest.compareTo(time) > 0 ? longest : time;
        }

        private synchronized void fail(String why) {
            failure = Optional.of(why);
        }

        @Override
        public synchronized Optional<Reading> look(Session session) {
            if (failure.isPresent()) {
                return Optional.of(Reading.unknown(signal(), failure.get(), millis(most)));
            }
            if (times.size() < FEWEST) {
                return Optional.empty();
            }
            Duration p95 = times.stream().sorted().toList().get((int) Math.ceil(0.95 * times.size()) - 1);
            return p95.compareTo(most) > 0
                    ? Optional.of(Reading.over(signal(), millis(p95), millis(most)))
                    : Optional.empty();
        }

        private String signal() {
            return "p95 of a probe on " + work.table();
        }

        private static String millis(Duration time) {
            return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
        }

        @Override
        public synchronized Duration felt() {
            Duration felt = longest;
            longest = Duration.ZERO;
            return felt;
        }

        @Override
        public void close() {
            over.countDown();
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
