package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.Queries;
import dev.godwit.db.Session;
import dev.godwit.problem.GodwitException;
import dev.godwit.statement.ParsedStatement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// INSERT … SELECT in batches: along the key of the table that is read, each row once.
class BackfillInsertTest {
    private static final BackfillPace PACE =
            new BackfillPace(Duration.ofMillis(50), 100, 100, Duration.ofMillis(50), 5);

    private final TestDatabase database = new TestDatabase(18);

    @AfterEach
    void close() {
        database.close();
    }

    private static StatementObserver after(IntConsumer inBatch) {
        AtomicInteger batches = new AtomicInteger();
        return new StatementObserver() {
            @Override
            public void before(Queries session, ParsedStatement statement) {}

            @Override
            public void after(Queries session, ParsedStatement statement) {
                inBatch.accept(batches.incrementAndGet());
            }
        };
    }

    private void tables() {
        database.session.execute(
                "CREATE TABLE orders (tenant int, number int, total numeric, PRIMARY KEY (tenant, number));"
                        + "INSERT INTO orders SELECT n % 7, n, n FROM generate_series(1, 3000) n; ANALYZE orders;"
                        + "CREATE TABLE invoice (tenant int, number int, total numeric)");
    }

    @Test
    void eachRowIsInsertedOnceThoughItIsCutOffAgainAndAgain() {
        tables();
        Work work = TestWork.unwrapped("1", """
                -- godwit:backfill
                INSERT INTO invoice (tenant, number, total) SELECT o.tenant, o.number, o.total * 2 FROM orders o
                WHERE o.total > 10""");
        int cuts = 0;
        for (boolean done = false; !done; ) {
            try {
                new StepRunner(database.context().with(PACE).with(after(batch -> {
                            if (batch == 5) {
                                throw new IllegalStateException("cut off in a batch");
                            }
                        })))
                        .run(work);
                done = true;
            } catch (IllegalStateException _) {
                assertThat(++cuts).isLessThan(50);
            }
        }
        assertThat(cuts).isGreaterThan(3);
        assertThat(database.number("SELECT count(*) FROM invoice")).isEqualTo(2990);
        assertThat(database.number("SELECT count(*) FROM orders o JOIN invoice i USING (tenant, number)"
                        + " WHERE i.total = 2 * o.total"))
                .isEqualTo(2990);
    }

    @Test
    void whatAsksForWhatIsMissingAlsoFindsRowsThatComeBehind() {
        tables();
        Work work = TestWork.unwrapped("1", """
                -- godwit:backfill
                INSERT INTO invoice SELECT * FROM orders AS o WHERE NOT EXISTS (SELECT FROM invoice i
                  WHERE (i.tenant, i.number) = (o.tenant, o.number)) ON CONFLICT DO NOTHING""");
        try (Session other = database.open("other")) {
            new StepRunner(database.context().with(PACE).with(after(batch -> {
                        if (batch == 10) {
                            other.execute("INSERT INTO orders SELECT -1, n, n FROM generate_series(1, 50) n");
                        }
                    })))
                    .run(work);
        }
        assertThat(database.number("SELECT count(*) FROM orders")).isEqualTo(3050);
        assertThat(database.number("SELECT count(*) FROM orders JOIN invoice USING (tenant, number, total)"))
                .isEqualTo(3050);
        assertThat(database.number("SELECT count(*) FROM invoice")).isEqualTo(3050);
        assertThat(database.events(RunEvent.BackfillFinished.class).getLast().verified())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO invoice SELECT 1, count(*), sum(total) FROM orders",
                "INSERT INTO invoice SELECT tenant, row_number() OVER (), total FROM orders",
                "INSERT INTO invoice (total) SELECT max(number) FROM orders"
            })
    void whatWouldSeeOneBatchAtATimeIsRefused(String sql) {
        tables();
        Work work = TestWork.unwrapped("1", "-- godwit:backfill\n" + sql);
        assertThatThrownBy(() -> database.run(work))
                .isInstanceOf(GodwitException.class)
                .hasMessageContaining("an aggregate or a window function would see one batch at a time");
        assertThat(database.number("SELECT count(*) FROM invoice")).isZero();
    }

    @Test
    void aSubQueryMayAggregate() {
        tables();
        database.run(
                TestWork.unwrapped(
                        "1",
                        "-- godwit:backfill\nINSERT INTO invoice SELECT tenant, number, (SELECT max(total) FROM orders)"
                                + " FROM orders o WHERE number <= 500 AND number IN (SELECT number FROM orders GROUP BY number)"));
        assertThat(database.number("SELECT count(*) FROM invoice WHERE total = 3000"))
                .isEqualTo(500);
    }

    @Test
    void noTwoBackfillsAreAtOneTableEvenByAPartitionOfIt() {
        database.session.execute("CREATE TABLE t (id int PRIMARY KEY, value int) PARTITION BY RANGE (id);"
                + "CREATE TABLE t_low PARTITION OF t FOR VALUES FROM (0) TO (1000);"
                + "INSERT INTO t SELECT n FROM generate_series(1, 999) n");
        Work whole = TestWork.unwrapped("1", "-- godwit:backfill\nUPDATE t SET value = 1 WHERE value IS NULL");
        Work part = TestWork.unwrapped("2", "-- godwit:backfill\nUPDATE t_low SET value = 2 WHERE value IS NULL");
        new StepRunner(database.context().with(PACE).with(after(batch -> {
                    if (batch == 2) {
                        assertThatThrownBy(() -> new StepRunner(database.context()).run(part))
                                .isInstanceOf(GodwitException.class)
                                .hasMessageContaining("another backfill is at work on public.t_low: godwit test (pid ");
                    }
                })))
                .run(whole);
        assertThat(database.number("SELECT count(*) FROM t WHERE value = 1")).isEqualTo(999);
        new StepRunner(database.context()).run(part);
        assertThat(database.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
                .isZero();
    }

    @Test
    void aStatementThatWorksLongOnEachRowIsSaidToOnce() {
        database.session.execute("CREATE TABLE orders (id int PRIMARY KEY, note text);"
                + "INSERT INTO orders SELECT generate_series(1, 40)");
        BackfillPace smallest = new BackfillPace(Duration.ofMillis(1), 10, 10, Duration.ofMillis(50), 5);
        Work work = TestWork.unwrapped("1", """
                -- godwit:backfill
                UPDATE orders SET note = pg_sleep(0.01)::text""");

        new StepRunner(database.context().with(smallest)).run(work);

        assertThat(database.events(RunEvent.BackfillSlow.class))
                .hasSize(1)
                .allSatisfy(slow -> assertThat(slow.sentence())
                        .startsWith("slow: 10 rows took ")
                        .endsWith("lack an index?"));
    }
}
