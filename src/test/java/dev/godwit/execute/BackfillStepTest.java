package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.Queries;
import dev.godwit.db.Session;
import dev.godwit.postgres.SqlState;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.statement.ParsedStatement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackfillStepTest {
    private final TestDatabase database = new TestDatabase(18);

    @AfterEach
    void close() {
        database.close();
    }

    private void createNumbers(int rows) {
        database.session.execute("CREATE TABLE t (id bigint PRIMARY KEY, value int);"
                + "INSERT INTO t SELECT n FROM generate_series(1, " + rows + ") n; ANALYZE t");
    }

    @Test
    void aBackfillWalksACompositeKeyWithHostileNamesAndValues() {
        database.session.execute("""
                CREATE TABLE "t""; --" ("k'1" text, "select" int, value int, PRIMARY KEY ("k'1", "select"));
                INSERT INTO "t""; --"
                SELECT chr(33 + n % 90) || '''\\"' || n, m FROM generate_series(1, 200) n, generate_series(1, 10) m""");

        database.run(TestWork.unwrapped(
                "1",
                "-- godwit:backfill batch=137\nUPDATE \"t\"\"; --\" AS x SET value = 1 WHERE value IS NULL OR false"));

        assertThat(database.number("SELECT count(*) FROM \"t\"\"; --\" WHERE value = 1"))
                .isEqualTo(2000);
        assertThat(database.number("SELECT changed FROM godwit.backfill")).isEqualTo(2000);
    }

    @Test
    void everyRowIsChangedOnceThoughTheRunIsStoppedAndResumedAgainAndAgain() {
        createNumbers(20_000);
        Work work =
                TestWork.unwrapped("1", "-- godwit:backfill batch=500\nUPDATE t SET value = coalesce(value, 0) + 1");
        AtomicInteger stops = new AtomicInteger();
        boolean done = false;
        while (!done) {
            done = runUntilThirdBatch(work, stops);
        }

        assertThat(stops).hasValueGreaterThan(2);
        assertThat(database.number("SELECT count(*) FROM t WHERE value = 1")).isEqualTo(20_000);
    }

    /// @return whether it came to the end
    private boolean runUntilThirdBatch(Work work, AtomicInteger stops) {
        AtomicInteger batches = new AtomicInteger();
        StatementObserver observer = new StatementObserver() {
            @Override
            public void before(Queries session, ParsedStatement statement) {}

            @Override
            public void after(Queries session, ParsedStatement statement) {
                if (batches.incrementAndGet() == 3) {
                    throw new IllegalStateException("cut off in a batch");
                }
            }
        };
        try {
            new StepRunner(database.context().with(observer)).run(work);
            return true;
        } catch (IllegalStateException e) {
            stops.incrementAndGet();
            return false;
        }
    }

    @Test
    void rowsWrittenBehindTheCursorAreFoundByTheCountAndDone() {
        createNumbers(2000);
        AtomicInteger batches = new AtomicInteger();
        StatementObserver insertsBehind = new StatementObserver() {
            @Override
            public void before(Queries session, ParsedStatement statement) {
                if (batches.incrementAndGet() == 3) {
                    database.session.execute("INSERT INTO t VALUES (-1)");
                }
            }

            @Override
            public void after(Queries session, ParsedStatement statement) {}
        };

        new StepRunner(database.context().with(insertsBehind))
                .run(TestWork.unwrapped(
                        "1", "-- godwit:backfill batch=500\nUPDATE t SET value = 1 WHERE value IS NULL"));

        assertThat(database.number("SELECT count(*) FROM t WHERE value IS NULL"))
                .isZero();
        assertThat(database.events(RunEvent.BackfillFinished.class))
                .containsExactly(new RunEvent.BackfillFinished(0, 2001, 2, true));
    }

    @Test
    void aStatementThatCannotEndItsOwnConditionIsSaidToBeSo() {
        createNumbers(100);

        assertThatThrownBy(() -> database.run(TestWork.unwrapped(
                        "1", "-- godwit:backfill batch=50\nUPDATE t SET value = nullif(id, 7) WHERE value IS NULL")))
                .isInstanceOfSatisfying(GodwitException.class, e -> {
                    assertThat(e.problem().kind()).isEqualTo(Problem.Kind.DATABASE);
                    assertThat(e.problem().what()).contains("1 rows of public.t still match");
                });
    }

    @Test
    void aDeleteLeavesNoMatchingRow() {
        createNumbers(3000);
        database.run(TestWork.unwrapped("1", "-- godwit:backfill batch=700\nDELETE FROM t WHERE id % 3 = 0"));

        assertThat(database.number("SELECT count(*) FROM t")).isEqualTo(2000);
        assertThat(database.events(RunEvent.BackfillFinished.class).getFirst().verified())
                .isTrue();
    }

    @Test
    void withoutAPrimaryKeyTheNarrowestUniqueKeyWithoutNullIsWalked() {
        database.session.execute("CREATE TABLE t (a int NOT NULL, b int NOT NULL, value int, UNIQUE (b, a));"
                + "INSERT INTO t SELECT n % 7, n FROM generate_series(1, 1000) n");

        database.run(TestWork.unwrapped("1", "-- godwit:backfill batch=100\nUPDATE t SET value = 1"));

        assertThat(database.number("SELECT count(*) FROM t WHERE value = 1")).isEqualTo(1000);
    }

    @Test
    void aKeyThatIsNamedNeedNotBeUnique() {
        database.session.execute("CREATE TABLE t (a int NOT NULL, value int); CREATE INDEX ON t (a, value);"
                + "INSERT INTO t SELECT n / 50 FROM generate_series(1, 1000) n");

        database.run(TestWork.unwrapped(
                "1", "-- godwit:backfill batch=100 key=a\nUPDATE t SET value = coalesce(value, 0) + 1"));

        assertThat(database.number("SELECT count(*) FROM t WHERE value = 1")).isEqualTo(1000);
    }

    @Test
    void aRowThatIsLockedIsWaitedForInShortTriesAndItsHolderNamed() throws Exception {
        createNumbers(1000);
        try (Session holder = database.open("checkout")) {
            holder.begin();
            holder.execute("UPDATE t SET value = 5 WHERE id = 500");
            CompletableFuture<Void> applied = CompletableFuture.runAsync(() -> database.run(TestWork.unwrapped(
                    "1", "-- godwit:backfill batch=1000\nUPDATE t SET value = 1 WHERE value IS NULL")));
            Await.until(() -> !database.events(RunEvent.LockMissed.class).isEmpty());

            holder.commit();

            applied.get(20, TimeUnit.SECONDS);
        }
        assertThat(database.events(RunEvent.LockMissed.class).getFirst().sentence())
                .contains("app checkout");
        assertThat(database.number("SELECT count(*) FROM t WHERE value = 1")).isEqualTo(999);
        assertThat(database.number("SELECT value FROM t WHERE id = 500")).isEqualTo(5);
    }

    @Test
    void lockedRowsArePassedOverInEveryPartitionAndTheRestIsDoneMeanwhile() throws Exception {
        database.session.execute("""
                CREATE TABLE t (id int, day int, value int, extra jsonb DEFAULT '{"a":1}', PRIMARY KEY (id, day))
                  PARTITION BY LIST (day);
                CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1); CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2);
                INSERT INTO t SELECT n, 1 + n % 2 FROM generate_series(1, 2000) n""");
        try (Session holder = database.open("checkout")) {
            holder.begin();
            holder.execute("SELECT FROM t WHERE id IN (100, 101, 1500) FOR UPDATE");
            CompletableFuture<Void> applied = CompletableFuture.runAsync(() -> database.run(TestWork.unwrapped(
                    "1", "-- godwit:backfill batch=500\nUPDATE t SET value = 1 WHERE value IS NULL AND extra ? 'a'")));
            Await.until(() -> database.number("SELECT count(*) FROM t WHERE value = 1") == 1997);
            assertThat(applied).isNotDone();

            holder.commit();

            applied.get(20, TimeUnit.SECONDS);
        }
        assertThat(database.number("SELECT count(*) FROM t WHERE value = 1")).isEqualTo(2000);
        assertThat(database.number("SELECT changed FROM godwit.backfill")).isEqualTo(2000);
    }

    @Test
    void aRoleThatMayDeleteButNotLockWaitsForTheRow() throws Exception {
        createNumbers(1000);
        database.session.execute("GRANT SELECT, DELETE ON t TO pg_monitor");
        try (Session holder = database.open("checkout")) {
            holder.begin();
            holder.execute("UPDATE t SET value = 5 WHERE id = 500");
            CompletableFuture<Void> applied = CompletableFuture.runAsync(() -> database.run(TestWork.unwrapped(
                    "1", "SET ROLE pg_monitor;\n-- godwit:backfill batch=1000\nDELETE FROM t WHERE id % 2 = 0")));
            Await.until(() -> database.events(RunEvent.LockMissed.class).stream()
                    .anyMatch(missed -> missed.sqlState().equals(SqlState.INSUFFICIENT_PRIVILEGE)));

            holder.commit();

            applied.get(20, TimeUnit.SECONDS);
        }
        assertThat(database.number("SELECT count(*) FROM t")).isEqualTo(500);
    }

    @Test
    void partitionsAreWalkedThroughTheirParent() {
        database.session.execute("""
                CREATE TABLE t (id int, day int, value int, PRIMARY KEY (id, day)) PARTITION BY LIST (day);
                CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
                CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2);
                INSERT INTO t SELECT n, 1 + n % 2 FROM generate_series(1, 1000) n""");

        database.run(
                TestWork.unwrapped("1", "-- godwit:backfill batch=100\nUPDATE t SET value = coalesce(value, 0) + 1"));

        assertThat(database.number("SELECT count(*) FROM t WHERE value = 1")).isEqualTo(1000);
    }

    @Test
    void theBatchGrowsWhenItIsQuickAndShrinksWhenItIsSlow() {
        BackfillPace pace = new BackfillPace(Duration.ofMillis(50), 100, 5000, Duration.ofMillis(50), 5);

        assertThat(pace.next(1000, Duration.ofMillis(5))).isEqualTo(1500);
        assertThat(pace.next(1000, Duration.ofMillis(40))).isEqualTo(1250);
        assertThat(pace.next(4000, Duration.ofMillis(500))).isEqualTo(400);
        assertThat(pace.next(120, Duration.ofSeconds(5))).isEqualTo(100);
        assertThat(pace.next(4000, Duration.ofMillis(1))).isEqualTo(5000);
    }
}
