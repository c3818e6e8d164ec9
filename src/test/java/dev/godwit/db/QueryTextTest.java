package dev.godwit.db;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            SELECT 1 ~ SELECT ?
            SELECT 'it''s' FROM t1 ~ SELECT ? FROM t1
            UPDATE t SET a = 'x', b = 3.14e2 WHERE c = $1 ~ UPDATE t SET a = ?, b = ? WHERE c = $1
            SELECT E'a\\'secret' || b'01' || U&'x' || n'y' ~ SELECT ? || ? || ? || ?
            SELECT "a ""'quoted" FROM "T" ~ SELECT "a ""'quoted" FROM "T"
            SELECT $$a 'secret'$$, $tag$ $$ $tag$ ~ SELECT ?, ?
            SELECT a -- secret 'x ~ SELECT a
            SELECT /* secret ' */ a ~ SELECT a
            SELECT 'cut by the serv ~ SELECT ?
            SELECT $x$ cut by the serv ~ SELECT ?
            SELECT /* cut by the serv ~ SELECT
            SELECT E'cut\\ ~ SELECT ?
            COPY "cut by the ~ COPY "cut by the
            """)
    void keepsNamesAndNothingThatMayBeAValue(String sql, String shown) {
        assertThat(QueryText.withoutLiterals(sql)).isEqualTo(shown);
    }

    @Test
    void isOneShortLine() {
        String shown = QueryText.withoutLiterals("SELECT\n\n  a,\tb " + "x, ".repeat(500));
        assertThat(shown).hasSize(120).startsWith("SELECT a, b x").endsWith("…");
    }
}
