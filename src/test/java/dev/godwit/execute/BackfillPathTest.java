package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.Queries;
import dev.godwit.db.Session;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.statement.ParsedStatement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Along what a backfill goes: unique keys of every kind, and blocks where there is none.
class BackfillPathTest {
    private static final String ONCE = "-- godwit:backfill batch=%d\nUPDATE t SET value = value + 1";
    private static final String FILL = "-- godwit:backfill batch=%d\nUPDATE t SET value = 1 WHERE value IS NULL";

    private final TestDatabase database = new TestDatabase(18);

    @AfterEach
    void close() {
        database.close();
    }

    private static IntConsumer cutOff(int everySoManyBatches) {
        return batch -> {
            if (batch == everySoManyBatches) {
                throw new IllegalStateException("cut off in a batch");
            }
        };
    }

    /// @param inBatch told the number of the batch, from 1, after its statement and before its commit
    private static StatementObserver observer(IntConsumer inBatch) {
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

    /// @return how often it was cut off before it came to its end
    private static int runInPieces(TestDatabase on, BackfillPace pace, String sql) {
        for (int cuts = 0; true; cuts++) {
            try {
                RunContext context = on.context().with(pace).with(observer(cutOff(4)));
                new StepRunner(context).run(TestWork.unwrapped("1", sql));
                return cuts;
            } catch (IllegalStateException _) {
                assertThat(cuts).isLessThan(100);
            }
        }
    }

    private static BackfillPace rows(int rows) {
        return new BackfillPace(Duration.ofMillis(50), rows, rows, Duration.ofMillis(50), 5);
    }

    @Test
    void everyRowIsCountedOnceAlongAKeyThoughTheRunIsCutOff() {
        List<String> tables = List.of(
                "a text, b uuid, value int DEFAULT 0, PRIMARY KEY (a, b)",
                "a text NOT NULL, b uuid NOT NULL UNIQUE, value int DEFAULT 0",
                "a text COLLATE \"C\" NOT NULL, b uuid, value int DEFAULT 0, UNIQUE (a)");
        tables.forEach(this::requireCountedOnce);
    }

    private void requireCountedOnce(String columns) {
        createAnew(columns);
        database.session.execute("INSERT INTO t SELECT chr(33 + n % 90) || '''\\\"é' || n, md5(n::text)::uuid"
                + " FROM generate_series(1, 600) n");

        assertThat(runInPieces(database, rows(47), ONCE.formatted(47))).isGreaterThan(2);

        assertThat(database.number("SELECT count(*) FROM t WHERE value = 1")).isEqualTo(600);
        assertThat(database.number("SELECT changed FROM godwit.backfill")).isEqualTo(600);
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void aTableWithoutAKeyIsFilledBlockByBlockAndEachRowOnce(int major) {
        try (TestDatabase other = new TestDatabase(major)) {
            other.session.execute("""
                    CREATE TABLE t (a int UNIQUE, value int);
                    INSERT INTO t SELECT CASE WHEN n % 3 > 0 THEN n END FROM generate_series(1, 3000) n;
                    CREATE TABLE mirror (a int); ANALYZE t;
                    CREATE FUNCTION mirror() RETURNS trigger LANGUAGE plpgsql AS
                      $$ BEGIN INSERT INTO mirror VALUES (new.a); RETURN new; END $$;
                    CREATE TRIGGER mirror AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION mirror()""");

            assertThat(runInPieces(other, rows(300), FILL.formatted(300))).isGreaterThan(1);

            assertThat(other.number("SELECT count(*) FROM t WHERE value = 1")).isEqualTo(3000);
            assertThat(other.number("SELECT count(*) FROM mirror")).isEqualTo(3000);
            assertThat(other.events(RunEvent.BackfillFinished.class))
                    .containsExactly(new RunEvent.BackfillFinished(0, 3000, 1, true));
        }
    }

    @Test
    void rowsThatComeAndMoveMeanwhileAreDoneInAnotherPassOverTheBlocks() {
        database.session.execute("CREATE TABLE t (a int, value int);"
                + "INSERT INTO t SELECT n FROM generate_series(1, 2000) n; ANALYZE t");
        try (Session traffic = database.open("traffic")) {
            IntConsumer writes = batch -> {
                if (batch == 2) {
                    traffic.execute("INSERT INTO t SELECT -n FROM generate_series(1, 500) n;"
                            + "UPDATE t SET a = a + 10000 WHERE a BETWEEN 1500 AND 1600");
                }
            };
            new StepRunner(database.context().with(rows(500)).with(observer(writes)))
                    .run(TestWork.unwrapped("1", FILL.formatted(500)));
        }

        assertThat(database.number("SELECT count(*) FROM t WHERE value = 1")).isEqualTo(2500);
        assertThat(database.events(RunEvent.BackfillFinished.class).getFirst().verified())
                .isTrue();
    }

    @Test
    void aRowWhoseKeyMovesBehindTheCursorIsFoundByTheCount() {
        database.session.execute("CREATE TABLE t (id int PRIMARY KEY, value int);"
                + "INSERT INTO t SELECT n FROM generate_series(1, 1000) n");
        try (Session traffic = database.open("traffic")) {
            IntConsumer moves = batch -> {
                if (batch == 3) {
                    traffic.execute("UPDATE t SET id = -id WHERE id > 900");
                }
            };
            new StepRunner(database.context().with(rows(200)).with(observer(moves)))
                    .run(TestWork.unwrapped("1", FILL.formatted(200)));
        }

        assertThat(database.number("SELECT count(*) FROM t WHERE value = 1")).isEqualTo(1000);
        assertThat(database.number("SELECT changed FROM godwit.backfill")).isEqualTo(1000);
    }

    @Test
    void whatIsNoKeyIsPassedOverAndWithoutAKeyTheStatementMustLimitItself() {
        List<String> tables = List.of(
                "a int NOT NULL UNIQUE DEFERRABLE, value int",
                "a int UNIQUE, value int",
                "a int NOT NULL, value int); CREATE UNIQUE INDEX ON t (a) WHERE a > 0;"
                        + " CREATE UNIQUE INDEX ON t ((a + 1)",
                "a text NOT NULL, value int); CREATE UNIQUE INDEX ON t (a text_pattern_ops",
                "a text NOT NULL, value int); CREATE UNIQUE INDEX ON t (a COLLATE \"C\"",
                "a int, value int PRIMARY KEY");
        tables.forEach(this::requireRefused);
    }

    private void requireRefused(String columns) {
        createAnew(columns);
        assertThatThrownBy(() -> database.run(TestWork.unwrapped("1", ONCE.formatted(100))))
                .describedAs(columns)
                .isInstanceOfSatisfying(GodwitException.class, e -> {
                    assertThat(e.problem().kind()).isEqualTo(Problem.Kind.USAGE);
                    assertThat(e.problem().what()).contains("block by block", "IS NULL");
                });
    }

    private void createAnew(String columns) {
        database.session.execute("DROP SCHEMA IF EXISTS godwit CASCADE; DROP TABLE IF EXISTS t, schema_migrations;"
                + " CREATE TABLE t (" + columns + ")");
    }

    @Test
    void aBatchMayBeOfOneRowAndATableOfNone() {
        database.session.execute("CREATE TABLE t (id int PRIMARY KEY, value int DEFAULT 0); CREATE TABLE e (value int);"
                + "INSERT INTO t SELECT n FROM generate_series(1, 30) n");

        runInPieces(database, rows(1), ONCE.formatted(1));
        database.run(TestWork.unwrapped("2", FILL.formatted(1).replace("UPDATE t", "UPDATE e")));

        assertThat(database.number("SELECT count(*) FROM t WHERE value = 1")).isEqualTo(30);
        assertThat(database.events(RunEvent.BackfillFinished.class))
                .contains(new RunEvent.BackfillFinished(0, 0, 1, true));
    }

    @Test
    void aKeyIsNamedAsSqlWouldNameIt() {
        database.session.execute("CREATE TABLE t (\"A, \"\"b\" int NOT NULL, c int NOT NULL, value int DEFAULT 0);"
                + "CREATE INDEX ON t (c, \"A, \"\"b\"); INSERT INTO t SELECT n, n % 5 FROM generate_series(1, 500) n");

        database.run(TestWork.unwrapped(
                "1", "-- godwit:backfill batch=50 key=C,\"A, \"\"b\"\nUPDATE t SET value = value + 1"));

        assertThat(database.number("SELECT count(*) FROM t WHERE value = 1")).isEqualTo(500);
        assertThat(BackfillTarget.columns("C , \"A, \"\"b\",d")).containsExactly("c", "A, \"b", "d");
    }

    @Test
    void aPlaceOnAKeyThatIsGoneIsNotTakenForOneOnAnother() {
        database.session.execute("CREATE TABLE t (id int PRIMARY KEY, b int NOT NULL UNIQUE, value int DEFAULT 0);"
                + "INSERT INTO t SELECT n, -n FROM generate_series(1, 500) n");
        Work work = TestWork.unwrapped("1", ONCE.formatted(100));
        assertThatThrownBy(() -> new StepRunner(database.context().with(observer(cutOff(3)))).run(work))
                .isInstanceOf(IllegalStateException.class);
        database.session.execute("ALTER TABLE t DROP CONSTRAINT t_pkey");

        assertThatThrownBy(() -> database.run(work)).isInstanceOfSatisfying(GodwitException.class, e -> {
            assertThat(e.problem().kind()).isEqualTo(Problem.Kind.REFUSED);
            assertThat(e.problem().what()).contains("key \"id\"", "key \"b\"", "twice");
        });
        assertThat(database.number("SELECT max(value) FROM t")).isEqualTo(1);
    }

    @Test
    void theRangesOfBlocksMeetAndEndWhereThePassDoes() {
        BackfillBlocks blocks = new BackfillBlocks(true, 8192, 10, "SELECT 7::bigint AS ends");
        BatchText text = BatchText.of("UPDATE t SET value = 1");

        assertThat(next(blocks, text, List.of())).contains(List.of("3", "7"));
        assertThat(next(blocks, text, List.of("3", "7"))).contains(List.of("6", "7"));
        assertThat(next(blocks, text, List.of("6", "7"))).isEmpty();
        assertThat(blocks.range("t", List.of("6", "7"), List.of()))
                .isEqualTo("t.ctid >= '(6,0)'::tid AND t.ctid < '(7,0)'::tid");
    }

    private Optional<List<String>> next(BackfillBlocks blocks, BatchText text, List<String> above) {
        return database.session.queryOne(blocks.next(text, above, 30), row -> row.texts("key"));
    }
}
