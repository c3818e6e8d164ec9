package dev.godwit.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.text.Position;
import dev.godwit.text.SourceText;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScriptsTest {
    private static ParsedScript parse(String text) {
        return Scripts.parse(new SourceText("a.sql", text));
    }

    private static List<String> statements(String text) {
        return parse(text).statements().stream().map(ParsedStatement::sql).toList();
    }

    private static List<String> problems(String text) {
        ParsedScript script = parse(text);
        return script.problems().stream()
                .map(problem -> script.source().position(problem.offset()) + " " + problem.message())
                .toList();
    }

    @Test
    void aStatementBeginsAtItsFirstTokenAndEndsBeforeItsSemicolon() {
        assertThat(statements("-- one\n\n /* two */ SELECT 1 -- three\n ; SELECT 2"))
                .containsExactly("SELECT 1", "SELECT 2");
    }

    @Test
    void aRoutineWithoutABodyOrWithAnOddOneIsNoProblemOfTheGrammar() {
        assertThat(problems("DO LANGUAGE plpgsql")).isEmpty();
        assertThat(problems("CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql")).isEmpty();
        assertThat(problems("CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql RETURN 1"))
                .isEmpty();
        assertThat(problems("CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'file', 'symbol'"))
                .noneMatch(problem -> problem.contains("Godwit"));
    }

    @Test
    void manyAreReadAtOnceAndComeInTheirOrder() {
        List<String> texts =
                IntStream.range(0, 100).mapToObj(i -> "SELECT " + i).toList();
        assertThat(Scripts.each(texts, text -> statements(text).getFirst())).containsExactlyElementsOf(texts);
    }

    @Test
    void whatOneOfManyThrowsIsThrown() {
        List<Integer> numbers = IntStream.range(0, 100).boxed().toList();
        assertThatThrownBy(() ->
                        Scripts.each(numbers, number -> 100 / (number - 50)).toList())
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void semicolonsInsideAStatementDoNotEndIt() {
        assertThat(
                        statements(
                                "SELECT ';', $$;$$, $a$ $$;$$ $a$, \";\", E'\\';', U&';', 1 /* ; /* ; */ ; */ -- ;\n; SELECT 2"))
                .hasSize(2);
    }

    @Test
    void anEscapeStringGoesOnBehindALineBreak() {
        assertThat(statements("SELECT E'a'\n  '\\'; SELECT 1'; SELECT 2")).hasSize(2);
    }

    @Test
    void theSemicolonsOfARuleAndOfABodyOfStatementsStayInside() {
        assertThat(statements("CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b); SELECT 1"))
                .hasSize(2);
        assertThat(statements("CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END end; "
                        + "SELECT 2 case; END; SELECT 3"))
                .hasSize(2);
        assertThat(statements("BEGIN; SELECT 1; END; CREATE VIEW v AS SELECT begin atomic FROM t; SELECT 2"))
                .hasSize(5);
    }

    @Test
    void oneErrorHidesNoOtherStatement() {
        String text = "SELECT 1;\nSELECT FORM x y;\nSELECT (2;\nSELECT 3;\nSELECT 4";
        assertThat(statements(text)).containsExactly("SELECT 1", "SELECT 3", "SELECT 4");
        assertThat(problems(text))
                .containsExactly("2:15 syntax error at or near \"y\"", "3:10 syntax error at or near \";\"");
    }

    @Test
    void errorsAndStatementsStandAtTheirCharacterInMultiByteText() {
        String text = "/* 𝄞 */ SELECT '€', 'é';\r\n\tSELECT '𝄞é' FORM t;\r\nSELECT 'ü'";
        assertThat(problems(text)).containsExactly("2:19 syntax error at or near \"t\"");
        ParsedScript script = parse(text);
        ParsedStatement last = script.statements().getLast();
        assertThat(script.source().position(last.span().start())).isEqualTo(new Position(3, 1));
        assertThat(last.sql()).isEqualTo("SELECT 'ü'");
    }

    @Test
    void anEmptyScriptHasNoStatementAndNoProblem() {
        for (String text : List.of("", " \n", ";;", "-- only a comment", "/* ; */ ;")) {
            assertThat(parse(text).statements()).as(text).isEmpty();
            assertThat(parse(text).problems()).as(text).isEmpty();
        }
    }

    @Test
    void aNulByteIsAProblemAtItsPlace() {
        assertThat(problems("SELECT 1;\nSELECT\0 2; SELECT 3")).containsExactly("2:7 a NUL byte cannot stand in SQL");
        assertThat(statements("SELECT 1;\nSELECT\0 2; SELECT 3")).containsExactly("SELECT 1", "SELECT 3");
    }

    @Test
    void aCommentWithoutAnEndIsAProblem() {
        assertThat(problems("SELECT 1; /* a /* b */"))
                .containsExactly("1:11 unterminated /* comment at or near \"/* a /* b */\"");
    }

    @Test
    void aParameterWithLettersBehindItIsAProblemAsForTheServer() {
        assertThat(problems("SELECT $1a; SELECT $1 FORM b c $1a"))
                .containsExactly(
                        "1:8 trailing junk after parameter at or near \"$1a\"", "1:28 syntax error at or near \"b\"");
    }

    @Test
    void directivesAreTheCommentLinesAboveAStatement() {
        ParsedScript script = parse("""
                -- godwit:ignore some-rule,other-rule it is small
                -- an explanation
                  --godwit:Backfill batch=100\r
                UPDATE t SET a = 1; -- godwit:ignore behind-a-statement
                SELECT '
                -- godwit:ignore in-a-string
                ', $$
                -- godwit:ignore in-a-body
                $$;
                -- godwit:no-op

                SELECT 2
                """);
        assertThat(script.statements()).hasSize(3);
        assertThat(script.statements().get(0).directives())
                .extracting(d -> d.name() + "|" + d.argument())
                .containsExactly("ignore|some-rule,other-rule it is small", "backfill|batch=100");
        assertThat(script.statements().get(1).directives()).isEmpty();
        assertThat(script.statements().get(2).directives())
                .extracting(d -> script.source().slice(d.span()))
                .containsExactly("-- godwit:no-op");
    }
}
