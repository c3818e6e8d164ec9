package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchTextTest {
    private static final String RANGE = "k > 1";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    UPDATE t SET a = 1                              | UPDATE t SET a = 1 WHERE k > 1                                   | t
                    UPDATE t SET a = 1 WHERE b = 2 OR c = 3         | UPDATE t SET a = 1 WHERE (b = 2 OR c = 3 ) AND k > 1             | t
                    UPDATE s.t AS x SET a = x.b WHERE x.c           | UPDATE s.t AS x SET a = x.b WHERE (x.c ) AND k > 1               | x
                    update only t * x set a = 1 where b returning * | update only t * x set a = 1 WHERE (b ) AND k > 1                 | x
                    UPDATE t SET a = (SELECT 1 WHERE true)          | UPDATE t SET a = (SELECT 1 WHERE true) WHERE k > 1                | t
                    UPDATE t SET a = 'where' WHERE b = $$where$$    | UPDATE t SET a = 'where' WHERE (b = $$where$$ ) AND k > 1        | t
                    UPDATE "t where" SET a = 1                      | UPDATE "t where" SET a = 1 WHERE k > 1                            | "t where"
                    UPDATE t SET a = u.b FROM u WHERE u.id = t.id   | UPDATE t SET a = u.b FROM u WHERE (u.id = t.id ) AND k > 1       | t
                    DELETE FROM t                                   | DELETE FROM t WHERE k > 1                                         | t
                    DELETE FROM t x USING u WHERE u.id = x.id       | DELETE FROM t x USING u WHERE (u.id = x.id ) AND k > 1           | x
                    DELETE FROM ONLY a.b WHERE c.where = 1          | DELETE FROM ONLY a.b WHERE (c.where = 1 ) AND k > 1              | b
                    INSERT INTO t SELECT a FROM s                   | INSERT INTO t SELECT a FROM s WHERE k > 1                         | s
                    INSERT INTO t (x) SELECT a FROM s o WHERE a > 1 ON CONFLICT (x) DO UPDATE SET x = 2 WHERE t.x = 3 | INSERT INTO t (x) SELECT a FROM s o WHERE (a > 1 ) AND k > 1 ON CONFLICT (x) DO UPDATE SET x = 2 WHERE t.x = 3 | o
                    INSERT INTO t SELECT a FROM ONLY q.s ON CONFLICT DO NOTHING | INSERT INTO t SELECT a FROM ONLY q.s WHERE k > 1 ON CONFLICT DO NOTHING | s
                    INSERT INTO t SELECT a IS DISTINCT FROM b, extract(year FROM c) FROM s AS u WHERE NOT EXISTS (SELECT FROM t WHERE t.a = u.a) | INSERT INTO t SELECT a IS DISTINCT FROM b, extract(year FROM c) FROM s AS u WHERE (NOT EXISTS (SELECT FROM t WHERE t.a = u.a) ) AND k > 1 | u
                    UPDATE t SET a = E'\\' WHERE' WHERE b            | UPDATE t SET a = E'\\' WHERE' WHERE (b ) AND k > 1                | t
                    """)
    void theRangeIsAddedAndNothingElseChanges(String statement, String expected, String correlation) {
        BatchText text = BatchText.of(statement);

        assertThat(text.within(RANGE).replaceAll("\\s+", " ")).isEqualTo(expected);
        assertThat(text.correlation()).isEqualTo(correlation);
    }

    @Test
    void aCommentAtTheEndDoesNotHideTheRange() {
        assertThat(BatchText.of("UPDATE t SET a = 1 WHERE b /* or ( */ -- yes").within(RANGE))
                .endsWith("-- yes\n) AND k > 1");
        assertThat(BatchText.of("DELETE FROM t -- all").within(RANGE)).isEqualTo("DELETE FROM t -- all\nWHERE k > 1");
    }

    @Test
    void theRemainingRowsAreCountedOverTheSameTablesAndCondition() {
        assertThat(BatchText.of("UPDATE ONLY s.t AS x SET a = u.b FROM u, v WHERE u.id = x.id AND x.a IS NULL")
                        .remaining())
                .isEqualTo("SELECT count(*) AS remaining FROM ONLY s.t AS x, u, v\nWHERE u.id = x.id AND x.a IS NULL");
        assertThat(BatchText.of("DELETE FROM t WHERE a").remaining())
                .isEqualTo("SELECT count(*) AS remaining FROM t\nWHERE a");
    }

    @Test
    void aRangeOfSeveralColumnsComparesThemTogetherAndQuotesEveryValue() {
        BackfillKey key = new BackfillKey(List.of("a\"b", "c"), List.of("text", "bigint"));

        assertThat(key.range("x", List.of("o'clock", "2"), List.of("p\\", "3")))
                .isEqualTo("(x.\"a\"\"b\", x.\"c\") > ('o''clock'::text, '2'::bigint)"
                        + " AND (x.\"a\"\"b\", x.\"c\") <= ( E'p\\\\'::text, '3'::bigint)");
    }

    @Test
    void anIndexStatementIsAimedAtAnotherTable() {
        assertThat(ConcurrentIndexText.on(
                        "CREATE UNIQUE INDEX /* on */ CONCURRENTLY IF NOT EXISTS \"on\" ON ONLY s.\"t on\" (a) WHERE b",
                        "x"))
                .isEqualTo("CREATE UNIQUE INDEX /* on */  IF NOT EXISTS \"on\" ON x  (a) WHERE b");
    }
}
