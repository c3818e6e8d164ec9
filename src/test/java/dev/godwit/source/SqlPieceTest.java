package dev.godwit.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlPieceTest {
    @Test
    void cutsAtSemicolonsThatEndAStatement() {
        assertThat(texts("SELECT 1; SELECT 2;\n\n  -- why\n  SELECT 3\n-- the end\n"))
                .containsExactly("SELECT 1", "SELECT 2", "  -- why\n  SELECT 3\n-- the end");
        assertThat(texts("-- nothing; here\n/* nor /* ; */ here; */ ;;")).isEmpty();
    }

    @Test
    void leavesSemicolonsOfStringsBodiesAndCommentsAlone() {
        assertThat(texts("""
                SELECT 'a;''b', "c;d", E'e\\';f', $$ g; $$, $x$ $$; $x$ -- h;
                , /* i; /* j; */ k; */ 2;
                CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2);
                CREATE FUNCTION f(b int) RETURNS int BEGIN ATOMIC
                  SELECT CASE WHEN b > 1 THEN 1 ELSE 2 END; SELECT 3; END;
                SELECT 4""")).hasSize(4);
    }

    @Test
    void takesWhatIsNotClosedToTheEnd() {
        for (String open : List.of("SELECT 'a;", "SELECT $$a;", "SELECT /* a;", "SELECT \"a;", "SELECT E'a\\';")) {
            assertThat(texts(open)).as(open).hasSize(1);
        }
    }

    @Test
    void knowsWhatRefusesATransactionAndWhatOnlySpeaksOfIt() {
        assertThat(refuses("create UNIQUE index\n concurrently if not exists i on t (a)"))
                .isTrue();
        assertThat(refuses("DROP INDEX CONCURRENTLY i")).isTrue();
        assertThat(refuses("REINDEX (VERBOSE) TABLE CONCURRENTLY t")).isTrue();
        assertThat(refuses("ALTER TABLE t DETACH PARTITION p CONCURRENTLY")).isTrue();
        assertThat(refuses("/* why */ VACUUM t")).isTrue();
        assertThat(refuses("REFRESH MATERIALIZED VIEW CONCURRENTLY v")).isFalse();
        assertThat(refuses("CREATE INDEX i ON t (a) WHERE b = 'concurrently'")).isFalse();
        assertThat(refuses("CREATE INDEX i ON t (a) -- not concurrently")).isFalse();
        assertThat(refuses("CREATE TABLE vacuum_log ()")).isFalse();
    }

    @Test
    void saysWhenIndentingWouldChangeAString() {
        assertThat(SqlPiece.of("SELECT\n 'a'"))
                .extracting(SqlPiece::literalOverLines)
                .containsExactly(false);
        assertThat(SqlPiece.of("SELECT 'a\nb'; SELECT 1"))
                .extracting(SqlPiece::literalOverLines)
                .containsExactly(true, false);
    }

    private static boolean refuses(String sql) {
        return SqlPiece.of(sql).getFirst().refusesTransaction();
    }

    private static List<String> texts(String sql) {
        return SqlPiece.of(sql).stream().map(SqlPiece::text).toList();
    }
}
