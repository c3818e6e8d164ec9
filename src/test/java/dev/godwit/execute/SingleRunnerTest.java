package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.Session;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SingleRunnerTest {
    private final TestDatabase database = new TestDatabase(18);

    @AfterEach
    void close() {
        database.close();
    }

    private SingleRunner acquire(String application, Duration patience) {
        return SingleRunner.acquire(() -> database.open(application), patience, database.cancellation);
    }

    @Test
    void theSecondIsRefusedAndToldWhoTheFirstIs() {
        try (SingleRunner _ = acquire("godwit apply of anna", Duration.ZERO)) {
            assertThatThrownBy(() -> acquire("godwit apply of bert", Duration.ofMillis(300)))
                    .isInstanceOfSatisfying(GodwitException.class, e -> {
                        assertThat(e.problem().kind()).isEqualTo(Problem.Kind.REFUSED);
                        assertThat(e.problem().what()).contains("godwit apply of anna (pid ", "since ");
                    });
            assertThat(SingleRunner.holder(database.session)).get().asString().contains("anna");
        }
        assertThat(SingleRunner.holder(database.session)).isEmpty();
    }

    @Test
    void theSecondMayWaitForTheFirstToEnd() throws Exception {
        CompletableFuture<SingleRunner> second;
        try (SingleRunner _ = acquire("first", Duration.ZERO)) {
            second = CompletableFuture.supplyAsync(() -> acquire("second", Duration.ofSeconds(30)));
            Await.until(() ->
                    database.number("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'second'") == 1);
        }
        second.get(20, TimeUnit.SECONDS).close();
    }

    @Test
    void theHolderKeepsNoSnapshotThatAnIndexBuildWouldWaitFor() {
        database.session.execute("CREATE TABLE t (id int)");
        try (SingleRunner _ = acquire("first", Duration.ZERO)) {
            assertThat(database.number("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'first'"
                            + " AND backend_xmin IS NULL AND xact_start IS NULL"))
                    .isOne();

            database.session.execute("CREATE INDEX CONCURRENTLY ON t (id)");
        }
    }

    @Test
    void aRunnerWhoseLockIsLostTakesItAgainAndGoesOn() {
        Work work = TestWork.unwrapped("1", "CREATE TABLE a (); CREATE TABLE b ()");
        AtomicBoolean killed = new AtomicBoolean();
        try (SingleRunner runner = acquire("first", Duration.ZERO)) {
            RunListener afterFirstStep = event -> {
                if (event instanceof RunEvent.StepFinished && killed.compareAndSet(false, true)) {
                    killTheLock();
                }
            };
            new StepRunner(database.context().with((Fence) runner).with(afterFirstStep)).run(work);

            assertThat(SingleRunner.holder(database.session)).get().asString().contains("first");
        }
        assertThat(database.texts("SELECT relname FROM pg_class WHERE relname IN ('a', 'b') ORDER BY 1"))
                .containsExactly("a", "b");
        assertThat(SingleRunner.holder(database.session)).isEmpty();
    }

    @Test
    void aRunnerWhoseLockIsTakenByAnotherStopsBeforeTheNextStep() {
        Work work = TestWork.unwrapped("1", "CREATE TABLE a (); CREATE TABLE b ()");
        List<SingleRunner> others = new ArrayList<>();
        try (SingleRunner runner = acquire("first", Duration.ZERO)) {
            RunListener afterFirstStep = event -> {
                if (event instanceof RunEvent.StepFinished) {
                    killTheLock();
                    others.add(acquire("godwit apply of bert", Duration.ZERO));
                }
            };
            RunContext context = database.context().with((Fence) runner).with(afterFirstStep);

            assertThatThrownBy(() -> new StepRunner(context).run(work))
                    .hasMessageContaining("another Godwit is at work: godwit apply of bert");
        }
        others.forEach(SingleRunner::close);
        assertThat(database.texts("SELECT relname FROM pg_class WHERE relname IN ('a', 'b')"))
                .containsExactly("a");
    }

    private void killTheLock() {
        database.session.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity" + " WHERE application_name = 'first'");
    }

    @Test
    void twoRunnersAtOnceEndInOneApplication() throws Exception {
        Work work = TestWork.unwrapped(
                "1", "CREATE TABLE marker (n int); INSERT INTO marker VALUES (1); INSERT INTO marker VALUES (2)");
        CompletableFuture<Void> anna = CompletableFuture.runAsync(() -> runFenced("anna", work));
        CompletableFuture<Void> bert = CompletableFuture.runAsync(() -> runFenced("bert", work));

        anna.get(40, TimeUnit.SECONDS);
        bert.get(40, TimeUnit.SECONDS);

        assertThat(database.texts("SELECT n FROM marker ORDER BY n")).containsExactly("1", "2");
        assertThat(database.texts("SELECT outcome FROM godwit.run")).containsExactly("finished");
    }

    private void runFenced(String name, Work work) {
        try (SingleRunner runner = acquire(name, Duration.ofSeconds(30))) {
            new StepRunner(database.context().with((Fence) runner)).run(work);
        }
    }

    @Test
    void evenWithoutTheLockTheLedgerLetsEachStepHappenOnce() {
        Work work = TestWork.unwrapped(
                "1",
                "CREATE TABLE IF NOT EXISTS marker (n int); INSERT INTO marker VALUES (1); INSERT INTO marker VALUES (2)");
        CompletableFuture<Void> anna = CompletableFuture.runAsync(() -> new StepRunner(database.context()).run(work));
        CompletableFuture<Void> bert = CompletableFuture.runAsync(() -> new StepRunner(database.context()).run(work));
        CompletableFuture.allOf(anna, bert).handle((_, _) -> "ended").join();

        new StepRunner(database.context()).run(work);

        assertThat(database.texts("SELECT n FROM marker ORDER BY n")).containsExactly("1", "2");
        assertThat(database.number("SELECT count(*) FROM godwit.run WHERE outcome = 'finished'"))
                .isOne();
    }

    private static final String TOUCH_ALL = """
            -- godwit:backfill batch=500
            UPDATE orders SET touched = touched + 1;
            CREATE TABLE IF NOT EXISTS after ();""";

    /// Runs once, after anna's first batch.
    private RunListener afterTheFirstBatch(Runnable action) {
        database.session.execute("CREATE TABLE orders (id int PRIMARY KEY, touched int DEFAULT 0);"
                + "INSERT INTO orders SELECT generate_series(1, 20000)");
        AtomicBoolean came = new AtomicBoolean();
        return event -> {
            if (event instanceof RunEvent.Backfilled && came.compareAndSet(false, true)) {
                action.run();
            }
        };
    }

    private void assertEachRowChangedOnce() {
        assertThat(database.number("SELECT count(*) FROM orders WHERE touched = 1"))
                .isEqualTo(20_000);
    }

    @Test
    void evenWithoutTheLockNobodyElseEntersABackfillAtWork() {
        Work work = TestWork.unwrapped("1", TOUCH_ALL);
        RunListener bert =
                afterTheFirstBatch(() -> assertThatThrownBy(() -> new StepRunner(database.context()).run(work))
                        .hasMessageContaining("another backfill is at work on public.orders"));

        new StepRunner(database.context().with(bert)).run(work);

        assertEachRowChangedOnce();
    }

    @Test
    void whoLosesTheConnectionAndIsOvertakenChangesNothingMore() {
        Work work = TestWork.unwrapped("1", TOUCH_ALL);
        RunListener bert = afterTheFirstBatch(() -> {
            database.session.query(
                    "SELECT pg_terminate_backend(pid, 5000) AS t FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND application_name = 'godwit test'",
                    row -> row.flag("t"));
            new StepRunner(database.context()).run(work);
        });

        new StepRunner(database.context().with(bert)).run(work);

        assertEachRowChangedOnce();
        assertThat(database.texts("SELECT outcome FROM godwit.run")).containsExactly("finished");
    }

    @Test
    void aStopIsHeardWhileWaitingForTheOtherRunner() throws Exception {
        try (SingleRunner _ = acquire("first", Duration.ZERO);
                Session look = database.open("look too")) {
            CompletableFuture<SingleRunner> second =
                    CompletableFuture.supplyAsync(() -> acquire("second", Duration.ofMinutes(10)));
            Await.until(() -> look.queryOne(
                            "SELECT count(*) AS n FROM pg_stat_activity WHERE application_name = 'second'",
                            row -> row.number("n"))
                    .orElseThrow()
                    .equals(1L));

            database.cancellation.request();

            assertThatThrownBy(() -> second.get(20, TimeUnit.SECONDS)).hasMessageContaining("stopped on request");
        }
    }
}
