package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.Queries;
import dev.godwit.problem.GodwitException;
import dev.godwit.statement.ParsedStatement;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The server ends the connection; Godwit itself lives on.
class LostConnectionTest {
    private static final long SEED = Long.getLong("godwit.seed", 20_261_122L);

    private static final String SCRIPT = """
            INSERT INTO marker VALUES (1);
            -- godwit:backfill batch=500
            UPDATE orders SET touched = touched + 1;
            CREATE INDEX CONCURRENTLY by_touched ON orders (touched);
            BEGIN;
            SET search_path = other;
            INSERT INTO public.marker VALUES (2);
            COMMIT;
            CREATE TABLE here ();
            INSERT INTO public.marker VALUES (3);""";

    private final TestDatabase database = new TestDatabase(18);

    @BeforeEach
    void createOrders() {
        database.session.execute("CREATE TABLE marker (n int); CREATE SCHEMA other;"
                + "CREATE TABLE orders (id bigint PRIMARY KEY, touched int DEFAULT 0);"
                + "INSERT INTO orders SELECT generate_series(1, 60000)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void terminate(int pid) {
        database.session.query("SELECT pg_terminate_backend(" + pid + ", 5000) AS t", row -> row.flag("t"));
    }

    private void assertAppliedOnce() {
        assertThat(database.texts("SELECT n FROM marker ORDER BY n")).containsExactly("1", "2", "3");
        assertThat(database.number("SELECT count(*) FROM orders WHERE touched = 1"))
                .isEqualTo(60000);
        assertThat(database.flag("SELECT indisvalid FROM pg_index WHERE indexrelid = 'by_touched'::regclass"))
                .isTrue();
        assertThat(database.texts("SELECT relnamespace::regnamespace FROM pg_class WHERE relname = 'here'"))
                .containsExactly("other");
        assertThat(database.texts("SELECT outcome FROM godwit.run")).containsExactly("finished");
    }

    @Test
    void aBackendThatEndsInsideATransactionIsReplacedAndTheStepDoneOnce() {
        AtomicInteger ended = new AtomicInteger();
        StatementObserver observer = new StatementObserver() {
            @Override
            public void before(Queries session, ParsedStatement statement) {}

            @Override
            public void after(Queries session, ParsedStatement statement) {
                if (statement.sql().contains("VALUES (2)") && ended.incrementAndGet() == 1) {
                    terminate(session.backendPid());
                }
            }
        };

        new StepRunner(database.context().with(observer)).run(TestWork.unwrapped("1", SCRIPT));

        assertThat(database.events(RunEvent.ConnectionLost.class)).hasSize(1);
        assertAppliedOnce();
    }

    @Test
    void backendsThatEndAtRandomMomentsDoNotMatter() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> runUntilDone(done));
        AtomicInteger ended = new AtomicInteger();
        while (!done.get()) {
            LockSupport.parkNanos(random.nextLong(40_000_000));
            List<String> pids = database.texts(
                    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'godwit test'");
            if (!pids.isEmpty() && ended.get() < 25) {
                terminate(Integer.parseInt(pids.getFirst()));
                ended.incrementAndGet();
            }
        }
        run.get(20, TimeUnit.SECONDS);

        assertThat(ended).as("seed %d", SEED).hasValueGreaterThan(2);
        assertAppliedOnce();
    }

    private void runUntilDone(AtomicBoolean done) {
        try {
            while (!done.get()) {
                done.set(ran());
            }
        } finally {
            done.set(true);
        }
    }

    /// A run that loses its connection too often during one step gives up; a person types the command again.
    private boolean ran() {
        try {
            database.run(TestWork.unwrapped("1", SCRIPT));
            return true;
        } catch (GodwitException e) {
            assertThat(e.problem().where()).containsPattern("SQLSTATE (08|57P0)");
            return false;
        }
    }

    /// A closed laptop: the server ends a transaction that nobody goes on with, and gives its locks back.
    @Test
    void aGodwitThatSleptInsideATransactionBeginsTheStepAnew() {
        AtomicInteger slept = new AtomicInteger();
        StatementObserver observer = new StatementObserver() {
            @Override
            public void before(Queries session, ParsedStatement statement) {}

            @Override
            public void after(Queries session, ParsedStatement statement) {
                if (statement.sql().contains("VALUES (2)") && slept.incrementAndGet() == 1) {
                    Await.until(() ->
                            database.number("SELECT count(*) FROM pg_stat_activity WHERE pid = " + session.backendPid())
                                    == 0);
                }
            }
        };

        new StepRunner(database.context().with(observer))
                .run(TestWork.unwrapped("1", "SET idle_in_transaction_session_timeout = 300;" + SCRIPT));

        assertThat(database.events(RunEvent.ConnectionLost.class)).hasSize(1);
        assertAppliedOnce();
    }

    @Test
    void bothEndsNoticeASilentPeerAndAnOpenTransactionEndsWithinAMinute() {
        database.session.execute("CREATE TABLE said (text text)");

        database.run(TestWork.unwrapped("1", """
                INSERT INTO said SELECT current_setting('idle_in_transaction_session_timeout') || ' '
                  || current_setting('tcp_keepalives_idle') || ' ' || current_setting('tcp_keepalives_interval') || ' '
                  || current_setting('tcp_keepalives_count')"""));

        assertThat(database.texts("SELECT text FROM said")).containsExactly("1min 30 10 3");
    }

    @Test
    void aServerThatGoesAwayEachTimeEndsTheRunWithItsReason() {
        StatementObserver observer = new StatementObserver() {
            @Override
            public void before(Queries session, ParsedStatement statement) {
                terminate(session.backendPid());
            }

            @Override
            public void after(Queries session, ParsedStatement statement) {}
        };

        assertThatThrownBy(() -> new StepRunner(database.context().with(observer))
                        .run(TestWork.up("1", "INSERT INTO marker VALUES (1)")))
                .isInstanceOf(GodwitException.class);
        assertThat(database.events(RunEvent.ConnectionLost.class)).hasSize(3);
        assertThat(database.number("SELECT count(*) FROM marker")).isZero();
    }
}
