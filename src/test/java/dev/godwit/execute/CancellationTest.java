package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.Session;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CancellationTest {
    private final TestDatabase database = new TestDatabase(18);

    @BeforeEach
    void createOrders() {
        database.session.execute(
                "CREATE TABLE orders (id bigint PRIMARY KEY); INSERT INTO orders SELECT generate_series(1, 1000)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void assertStopped(CompletableFuture<?> run) {
        assertThatThrownBy(() -> run.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(GodwitException.class, e -> {
                    assertThat(e.problem().kind()).isEqualTo(Problem.Kind.STOPPED);
                    assertThat(e.problem().remedy()).isEqualTo("godwit apply");
                });
    }

    private CompletableFuture<Void> start(Work work) {
        return CompletableFuture.runAsync(() -> database.run(work));
    }

    @Test
    void theStatementThatRunsIsCancelledRolledBackAndJournaled() {
        CompletableFuture<Void> run = start(
                TestWork.unwrapped("1", "CREATE TABLE a (); BEGIN; CREATE TABLE b (); SELECT pg_sleep(600); COMMIT"));
        Await.until(() -> database.number("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
                        + " AND datname = current_database()")
                == 1);

        database.cancellation.request();

        assertStopped(run);
        assertThat(database.texts("SELECT relname FROM pg_class WHERE relname IN ('a', 'b')"))
                .containsExactly("a");
        assertThat(database.texts("SELECT step_index || state || coalesce(sqlstate, '') FROM godwit.step ORDER BY id"))
                .containsExactly("0started", "0done", "1failed57014");
    }

    @Test
    void aWaitForAQuietMomentIsEndedAtOnce() {
        try (Session blocker = database.open("blocker")) {
            blocker.begin();
            blocker.execute("SELECT count(*) FROM orders");
            CompletableFuture<Void> run = start(TestWork.unwrapped("1", "ALTER TABLE orders ADD COLUMN a int"));
            Await.until(() -> !database.events(RunEvent.WaitingForQuiet.class).isEmpty());

            database.cancellation.request();

            assertStopped(run);
        }
    }

    @Test
    void anIndexBuildThatIsStoppedIsCleanedUpAndBuiltByTheNextRun() {
        Work work = TestWork.unwrapped("1", "CREATE INDEX CONCURRENTLY by_id ON orders (id)");
        try (Session old = database.open("old snapshot")) {
            old.begin();
            old.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM orders");
            CompletableFuture<Void> run = start(work);
            Await.until(() -> database.number("SELECT count(*) FROM pg_stat_progress_create_index WHERE datname ="
                            + " current_database() AND phase LIKE 'waiting%'")
                    == 1);

            database.cancellation.request();

            assertStopped(run);
        }
        assertThat(database.number("SELECT count(*) FROM pg_index WHERE NOT indisvalid"))
                .isOne();

        new StepRunner(RunContext.of(
                        () -> database.open("godwit test"),
                        new Ledger("test host"),
                        TestDatabase.versions(),
                        new Cancellation("godwit apply")))
                .run(work);

        assertThat(database.flag("SELECT indisvalid FROM pg_index WHERE indexrelid = 'by_id'::regclass"))
                .isTrue();
    }

    @Test
    void aStopBeforeTheBeginDoesNothing() {
        database.cancellation.request();

        assertThatThrownBy(() -> database.run(TestWork.up("1", "CREATE TABLE a ()")))
                .isInstanceOf(GodwitException.class)
                .hasMessage("stopped on request");
        assertThat(database.number("SELECT count(*) FROM pg_class WHERE relname = 'a'"))
                .isZero();
    }
}
