package dev.godwit.command;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Looks whether a command waits for itself: one of its connections for a lock, or for the snapshot, of
/// another that sits idle in a transaction. A program that waits for the first connection's answer never
/// goes on with the second, so no time ends that wait, and no server calls it a deadlock. The waiting
/// statement is cancelled.
final class SelfWait implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /// A program of several threads may yet go on with the idle connection.
    private static final int LOOKS = 4;

    private static final String WAITING = """
            SELECT w.pid AS waiting, h.pid AS holding, h.xact_start::text AS since
            FROM pg_catalog.pg_stat_activity w
            JOIN pg_catalog.pg_stat_activity h ON h.pid = ANY (pg_catalog.pg_blocking_pids(w.pid))
            WHERE w.pid = ANY (string_to_array(?, ',')::int[]) AND h.pid = ANY (string_to_array(?, ',')::int[])
              AND w.state = 'active' AND h.state LIKE 'idle in transaction%'
            ORDER BY w.pid, h.pid LIMIT 1""";

    private record Pair(long waiting, long holding, String since) {}

    private final DatabaseUrl database;
    private final Supplier<Set<Integer>> backends;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Pair found;

    private SelfWait(DatabaseUrl database, Supplier<Set<Integer>> backends) {
        this.database = requireNonNull(database);
        this.backends = requireNonNull(backends);
        this.thread = Thread.ofVirtual().unstarted(this::watch);
    }

    /// @param backends the command's own, as they come
    static SelfWait watch(DatabaseUrl database, Supplier<Set<Integer>> backends) {
        SelfWait wait = new SelfWait(database, backends);
        wait.thread.start();
        return wait;
    }

    /// Most commands end before the first look, which then is not taken.
    private void watch() {
        try {
            if (ended()) {
                return;
            }
            try (Session session = Session.open(database, "godwit")) {
                look(session);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (GodwitException _) {
            // no second connection to be had: nobody looks, and the command goes on as it would without Godwit
        }
    }

    private boolean ended() throws InterruptedException {
        return closing.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look(Session session) throws InterruptedException {
        Optional<Pair> before = Optional.empty();
        int looks = 0;
        while (looks < LOOKS && !ended()) {
            Optional<Pair> now = waiting(session);
            looks = now.isPresent() && now.equals(before) ? looks + 1 : 0;
            before = now;
        }
        if (looks == LOOKS) {
            found = before.orElseThrow();
            session.query(
                    "SELECT pg_catalog.pg_cancel_backend(" + before.get().waiting() + ")::text AS done",
                    row -> row.text("done"));
        }
    }

    private Optional<Pair> waiting(Session session) {
        Set<Integer> own = backends.get();
        if (own.size() < 2) {
            return Optional.empty();
        }
        String all = own.stream().map(String::valueOf).collect(Collectors.joining(","));
        return session.queryOne(
                WAITING, row -> new Pair(row.number("waiting"), row.number("holding"), row.text("since")), all, all);
    }

    /// @return what was cancelled; empty when nothing was
    Optional<Problem> found() {
        Pair pair = found;
        return pair == null
                ? Optional.empty()
                : Optional.of(Problem.database("it waited for itself: its connection " + pair.waiting()
                        + " for its connection " + pair.holding() + ", which sat idle in a transaction since "
                        + pair.since() + "; no time would have ended that"));
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
