package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.db.Queries;
import dev.godwit.statement.ParsedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A stretch of the table is gone through in rounds, so that later versions find the room of earlier ones.
class BackfillRoundsTest {
    private static final BackfillKey ID = new BackfillKey(List.of("id"), List.of("integer"));
    private static final BatchText TEXT = BatchText.of("UPDATE t SET value = value + 1");

    private static BackfillPace pace(int fewest, int most) {
        return new BackfillPace(Duration.ofSeconds(1), fewest, most, Duration.ofMillis(50), 5);
    }

    /// Version 13 does not delete entries of dead versions before it splits a page of an index.
    @ParameterizedTest
    @CsvSource({"13, 1.6", "18, 1.35"})
    void mostVersionsNeedNoEntryInAnIndexAndTheTableGrowsByAPart(int major, double growth) {
        try (TestDatabase database = new TestDatabase(major)) {
            database.session.execute("CREATE TABLE t (id int PRIMARY KEY, other text, region text);"
                    + " INSERT INTO t SELECT n, md5(n::text) FROM generate_series(1, 60000) n;"
                    + " CREATE INDEX ON t (other)");
            database.session.execute("VACUUM ANALYZE t");
            long before = database.number("SELECT pg_total_relation_size('t')");

            new StepRunner(database.context().with(pace(100, 2000)))
                    .run(TestWork.unwrapped(
                            "1", "-- godwit:backfill batch=2000\nUPDATE t SET region = 'x' WHERE region IS NULL"));

            database.session.execute("SELECT pg_stat_clear_snapshot(), pg_sleep(1.2)");
            assertThat(database.number("SELECT count(*) FROM t WHERE region = 'x'"))
                    .isEqualTo(60_000);
            assertThat(database.number("SELECT pg_total_relation_size('t')") / (double) before)
                    .isLessThan(growth);
            assertThat(database.number("SELECT n_tup_hot_upd FROM pg_stat_user_tables WHERE relname = 't'"))
                    .isGreaterThan(36_000);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "id int PRIMARY KEY; n",
                "id text PRIMARY KEY; 'k''\\' || n",
                "id uuid PRIMARY KEY; md5(n::text)::uuid",
                "id bigint, b smallint, PRIMARY KEY (b, id); n",
                "id date PRIMARY KEY; date '2000-01-01' + n",
            })
    void everyRowIsChangedOnceThoughTheRunDiesAndItsBatchesShrink(String columns, String id) {
        try (TestDatabase database = new TestDatabase(18)) {
            boolean wide = columns.contains("smallint");
            database.session.execute("CREATE TABLE t (" + columns + (wide ? "" : ", b int")
                    + ", value int DEFAULT 0); INSERT INTO t SELECT " + id
                    + (wide ? ", n % 3" : ", n") + " FROM generate_series(1, 3000) n");

            int deaths = 0;
            for (SplittableRandom random = new SplittableRandom(20261124); !runs(database, random); deaths++) {
                assertThat(deaths).isLessThan(200);
            }

            assertThat(deaths).isGreaterThan(5);
            assertThat(database.number("SELECT count(*) FROM t WHERE value = 1"))
                    .isEqualTo(3000);
            assertThat(database.number("SELECT changed FROM godwit.backfill")).isEqualTo(3000);
        }
    }

    /// @return whether it came to its end
    private static boolean runs(TestDatabase database, SplittableRandom random) {
        int rows = random.nextInt(3, 120);
        int[] batches = {random.nextInt(1, 9)};
        StatementObserver death = new StatementObserver() {
            @Override
            public void before(Queries session, ParsedStatement statement) {}

            @Override
            public void after(Queries session, ParsedStatement statement) {
                if (batches[0]-- == 0) {
                    throw new IllegalStateException("died in a batch");
                }
            }
        };
        try {
            new StepRunner(database.context().with(pace(rows, rows)).with(death))
                    .run(TestWork.unwrapped("1", "-- godwit:backfill batch=100\nUPDATE t SET value = value + 1"));
            return true;
        } catch (IllegalStateException _) {
            return false;
        }
    }

    @Test
    void aRowBelongsToOneRoundOfOneStretch() {
        BackfillRounds rounds = BackfillRounds.along(ID, "t", false).orElseThrow();
        try (TestDatabase database = new TestDatabase(18)) {
            database.session.execute("CREATE TABLE t AS SELECT n AS id FROM generate_series(1, 1000) n");
            List<String> ranges = new ArrayList<>();
            long rows = 0;
            List<String> place = List.of();
            int asked = 30;
            for (Optional<List<String>> next = next(database, rounds, place, asked); next.isPresent(); ) {
                ranges.add(rounds.range("t", place, next.get()));
                rows += rounds.rows(place, next.get(), asked);
                place = next.get();
                asked = 30 - ranges.size() % 3 * 12;
                next = next(database, rounds, place, asked);
            }
            ranges.add(rounds.range("t", place, List.of()));

            assertThat(ranges).hasSizeGreaterThan(40);
            assertThat(rows).as("about the rows of the table").isBetween(900L, 1200L);
            assertThat(database.number(
                            "SELECT count(*) FROM t WHERE 1 <> (" + String.join(") :: int + (", ranges) + ") :: int"))
                    .isZero();
        }
    }

    private static Optional<List<String>> next(
            TestDatabase database, BackfillRounds rounds, List<String> place, int asked) {
        return database.session.queryOne(rounds.next(TEXT, place, asked), row -> row.texts("key"));
    }

    @Test
    void aKeyOfOtherTypesIsGoneThroughRowByRow() {
        assertThat(BackfillRounds.along(new BackfillKey(List.of("at"), List.of("timestamp with time zone")), "t", true))
                .isEmpty();
    }
}
