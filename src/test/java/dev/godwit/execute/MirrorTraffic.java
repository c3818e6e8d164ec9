package dev.godwit.execute;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.postgres.SqlState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A client that writes all the time, each change to `orders` and to `mirror` in one transaction: whatever is lost or
/// done twice in `orders` is not in the mirror. It connects again whenever the server went away, and never uses an id
/// twice, because the outcome of a commit that was cut off is not known.
final class MirrorTraffic implements AutoCloseable {
    /// The rows in which the two tables differ, in either direction.
    static final String DIFFERENCES = """
            SELECT count(*) FROM (
              (SELECT id, number, total FROM orders EXCEPT ALL SELECT id, number, total FROM mirror)
              UNION ALL
              (SELECT id, number, total FROM mirror EXCEPT ALL SELECT id, number, total FROM orders)) difference""";

    private static final Set<String> EXPECTED = Set.of(SqlState.DEADLOCK_DETECTED, SqlState.READ_ONLY_SQL_TRANSACTION);

    private static final Duration BETWEEN = Duration.ofMillis(4);
    private static final Duration CONNECT_AGAIN = Duration.ofMillis(30);

    private final DatabaseUrl url;
    private final SplittableRandom random;
    private final int rows;
    private final AtomicLong commits = new AtomicLong();
    private final CompletableFuture<Void> end;
    private Optional<Session> session = Optional.empty();
    private volatile boolean stopped;
    private long nextId;

    private MirrorTraffic(String url, int rows, SplittableRandom random) {
        this.url = DatabaseUrl.parse(url, Map.of());
        this.rows = rows;
        this.random = random;
        this.nextId = rows + 1L;
        this.end = CompletableFuture.runAsync(this::work, Thread.ofVirtual()::start);
    }

    /// @param rows with the ids 1 to this are there, in both tables
    static MirrorTraffic start(String url, int rows, SplittableRandom random) {
        return new MirrorTraffic(url, rows, random);
    }

    /// @return how many transactions were committed for certain
    long commits() {
        return commits.get();
    }

    private void work() {
        try {
            while (!stopped) {
                attempt();
            }
        } finally {
            session.ifPresent(Session::close);
        }
    }

    private void attempt() {
        try {
            if (session.isEmpty()) {
                session = Optional.of(Session.open(url, "traffic"));
            }
            write(session.get());
            commits.incrementAndGet();
            LockSupport.parkNanos(BETWEEN.toNanos());
        } catch (DatabaseException e) {
            if (!SqlState.connectionLost(e.sqlState()) && !EXPECTED.contains(e.sqlState())) {
                throw e;
            }
            session.ifPresent(Session::close);
            session = Optional.empty();
            LockSupport.parkNanos(CONNECT_AGAIN.toNanos());
        }
    }

    private void write(Session open) {
        String change = switch (random.nextInt(4)) {
            case 0 -> inserted(nextId++);
            case 1 -> "DELETE FROM %s WHERE id = " + random.nextLong(rows + 1L, nextId + 1);
            default -> "UPDATE %s SET total = " + random.nextInt(1000) + " WHERE id = " + random.nextLong(1, nextId);
        };
        open.execute("BEGIN;" + change.formatted("orders") + ";" + change.formatted("mirror") + ";COMMIT");
    }

    private String inserted(long id) {
        return "INSERT INTO %s (id, number, total) VALUES (" + id + ", " + id + ", " + random.nextInt(1000) + ")";
    }

    /// Returns when it has ended; throws what ended it if it was not this.
    @Override
    public void close() {
        stopped = true;
        end.join();
    }
}
