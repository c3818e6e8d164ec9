package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.postgres.SqlState;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.staging.EmbeddedPostgres;
import dev.godwit.staging.EmbeddedPostgres.Request;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockDisciplineTest {
    private static final Work ALTER = TestWork.unwrapped("1", "ALTER TABLE orders ADD COLUMN region text");

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

    @Test
    void aLockThatIsNeverGrantedEndsAtTheDeadlineWithTheBlockersNameAndNoQueryHeldUp() throws Exception {
        try (Session blocker = database.open("reporting tool");
                Reader reader = Reader.start(database)) {
            blocker.begin();
            blocker.execute("SELECT count(*) FROM orders");

            assertThatThrownBy(() -> run(RetryPolicy.DEFAULT.withDeadline(Duration.ofSeconds(3))))
                    .isInstanceOfSatisfying(GodwitException.class, e -> {
                        assertThat(e.problem().kind()).isEqualTo(Problem.Kind.STOPPED);
                        assertThat(e.problem().what())
                                .contains(
                                        "pid " + blocker.backendPid(),
                                        "app reporting tool",
                                        "idle in transaction",
                                        "ACCESS SHARE on public.orders");
                        assertThat(e.problem().remedy()).contains("godwit apply");
                    });

            assertThat(reader.queries()).isGreaterThan(50);
            assertThat(reader.longestMillis()).isLessThan(100 + Reader.NOISE_MILLIS);
        }
        assertThat(database.number("SELECT count(*) FROM schema_migrations")).isZero();
    }

    @Test
    void whoeverWaitsIsToldWhomItWaitsForAndGoesOnWhenTheyEnd() throws Exception {
        try (Session blocker = database.open("psql")) {
            blocker.begin();
            blocker.execute("SELECT count(*) FROM orders");
            CompletableFuture<Void> applied = CompletableFuture.runAsync(() -> run(RetryPolicy.DEFAULT));
            Await.until(() -> !database.events(RunEvent.WaitingForQuiet.class).isEmpty());

            blocker.rollback();

            applied.get(20, TimeUnit.SECONDS);
        }
        assertThat(database.events(RunEvent.WaitingForQuiet.class).getFirst().sentence())
                .contains("waiting for a quiet moment", "app psql, idle in transaction");
        assertThat(database.number("SELECT count(*) FROM schema_migrations")).isOne();
    }

    @Test
    void overlappingReadersDoNotStarveIt() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<?>[] readers = new CompletableFuture<?>[4];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = CompletableFuture.runAsync(() -> readForFiftyMillis(stop));
        }
        Stopwatch took = Stopwatch.start();

        run(RetryPolicy.DEFAULT.withDeadline(Duration.ofSeconds(30)));

        assertThat(took.elapsed()).isLessThan(Duration.ofSeconds(30));
        stop.set(true);
        CompletableFuture.allOf(readers).get(20, TimeUnit.SECONDS);
    }

    private void readForFiftyMillis(AtomicBoolean stop) {
        try (Session session = database.open("reader")) {
            while (!stop.get()) {
                session.execute("SELECT count(*), pg_sleep(0.05) FROM orders");
            }
        }
    }

    @Test
    void whomTheOperatorHasNamedIsEnded() {
        RetryPolicy ending = RetryPolicy.DEFAULT
                .withDeadline(Duration.ofSeconds(20))
                .withEnding(MayEnd.parse("app:report*, role:nobody").after(Duration.ofMillis(300)));
        try (Session idle = database.open("reporting");
                Session busy = database.open("report's \"daily\"")) {
            idle.begin();
            idle.execute("SELECT count(*) FROM orders");
            CompletableFuture<String> cancelled = CompletableFuture.supplyAsync(
                    () -> sqlStateOf(() -> busy.execute("SELECT count(*), pg_sleep(60) FROM orders")));

            run(ending);

            assertThat(cancelled.join()).isEqualTo(SqlState.QUERY_CANCELED);
            assertThat(busy.alive()).isTrue();
            assertThat(sqlStateOf(() -> idle.execute("SELECT 1"))).isEqualTo("57P01");
        }
        assertThat(database.events(RunEvent.BlockerEnded.class).stream().map(RunEvent.BlockerEnded::sentence))
                .anyMatch(line -> line.startsWith("ended the connection of pid") && line.contains("app reporting"))
                .anyMatch(line -> line.startsWith("cancelled pid") && line.contains("daily"));
    }

    private static String sqlStateOf(Runnable action) {
        try {
            action.run();
            return "none";
        } catch (DatabaseException e) {
            return e.sqlState();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"app:report", "role:report*", "app:*ing2"})
    void nobodyElseIsEnded(String named) {
        RetryPolicy ending = RetryPolicy.DEFAULT
                .withDeadline(Duration.ofSeconds(1))
                .withEnding(MayEnd.parse(named).after(Duration.ofMillis(100)));
        try (Session idle = database.open("reporting")) {
            idle.begin();
            idle.execute("SELECT count(*) FROM orders");

            assertThatThrownBy(() -> run(ending)).hasMessageContaining("app reporting");

            idle.rollback();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "report", "role:", "role:a,,app:b", "group:x"})
    void whomItMayEndIsNamedInOneOfTwoWays(String text) {
        assertThatThrownBy(() -> MayEnd.parse(text)).hasMessageContaining("names no role and no application");
    }

    @Test
    void autovacuumIsAskedToLeaveAndLeaves() {
        Request busy = new Request(18, Map.of("autovacuum_naptime", "1s"));
        try (EmbeddedPostgres cluster = EmbeddedPostgres.start(busy);
                TestDatabase own = new TestDatabase(cluster.url("postgres"))) {
            own.session.execute("""
                    CREATE TABLE orders (id bigint PRIMARY KEY) WITH (autovacuum_vacuum_cost_delay = 100,
                      autovacuum_vacuum_cost_limit = 1, autovacuum_vacuum_threshold = 10,
                      autovacuum_vacuum_scale_factor = 0);
                    INSERT INTO orders SELECT generate_series(1, 100000);
                    DELETE FROM orders WHERE id % 2 = 0""");
            Await.until(() ->
                    own.number("SELECT count(*) FROM pg_stat_progress_vacuum WHERE relid = 'orders'::regclass") == 1);

            new StepRunner(own.context().with(RetryPolicy.DEFAULT.withDeadline(Duration.ofSeconds(20)))).run(ALTER);

            assertThat(own.events(RunEvent.AutovacuumAsked.class)).isNotEmpty();
            assertThat(own.number("SELECT count(*) FROM schema_migrations")).isOne();
        }
    }

    @Test
    void aStatementThatNobodyQueuesBehindMayWait() throws Exception {
        Work insert = TestWork.unwrapped("1", "INSERT INTO orders VALUES (0)");
        try (Session blocker = database.open("other migration")) {
            blocker.begin();
            blocker.execute("LOCK TABLE orders IN SHARE MODE");
            CompletableFuture<Void> applied =
                    CompletableFuture.runAsync(() -> new StepRunner(database.context()).run(insert));
            Await.until(() -> database.flag("SELECT coalesce(bool_or(clock_timestamp() - query_start > '0.5 s'), false)"
                    + " FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"));

            blocker.rollback();

            applied.get(20, TimeUnit.SECONDS);
        }
        assertThat(database.events(RunEvent.LockMissed.class)).isEmpty();
    }

    @Test
    void aPreparedTransactionIsNamedAsABlocker() {
        Blocker blocker = new Blocker(
                0,
                Optional.empty(),
                "xa-7",
                Optional.empty(),
                Optional.empty(),
                Blocker.Kind.PREPARED,
                Duration.ofMillis(65_400),
                QualifiedName.inPublic("orders"),
                LockMode.ROW_EXCLUSIVE);

        assertThat(blocker.sentence())
                .isEqualTo("prepared transaction xa-7 (65.4 s) holds ROW EXCLUSIVE on public.orders");
    }

    private void run(RetryPolicy policy) {
        new StepRunner(database.context().with(policy)).run(ALTER);
    }
}
