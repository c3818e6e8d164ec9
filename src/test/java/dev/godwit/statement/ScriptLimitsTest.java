package dev.godwit.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.text.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Texts that nobody writes by hand: each ends in a result or a problem, and the next script is read as ever.
class ScriptLimitsTest {
    private static ParsedScript parse(String text) {
        return Scripts.parse(new SourceText("a.sql", text));
    }

    private static List<String> messages(String text) {
        return parse(text).problems().stream().map(SyntaxProblem::message).toList();
    }

    @Test
    void tenThousandParenthesesAreRefusedInTheServersWords() {
        String text = "SELECT " + "(".repeat(10_000) + "1" + ")".repeat(10_000) + "; SELECT 2";
        assertThat(messages(text)).containsExactly("memory exhausted at or near \"(\"");
        assertThat(parse(text).statements()).hasSize(1);
    }

    @Test
    void aThousandParenthesesAreRead() {
        assertThat(messages("SELECT " + "(".repeat(1000) + "1" + ")".repeat(1000)))
                .isEmpty();
    }

    @Test
    void twoThousandTermsAreRead() {
        assertThat(messages("SELECT 1" + " + 1".repeat(2000) + "; SELECT 2")).isEmpty();
    }

    @Test
    void anExpressionTooDeepForAnyStackIsAProblemOfItsOwnStatement() {
        ParsedScript script = parse("SELECT 1; SELECT 1" + "+1".repeat(1_000_000) + "; SELECT 3");
        assertThat(script.problems()).hasSize(1);
        assertThat(script.problems().getFirst().message()).isIn("stack depth limit exceeded", "out of memory");
        assertThat(script.statements()).hasSize(2);
    }

    @Test
    void aLiteralOfAMegabyteIsRead() {
        assertThat(messages("SELECT '" + "é".repeat(1 << 20) + "'; SELECT 2")).isEmpty();
        assertThat(messages("COMMENT ON TABLE t IS '" + "x".repeat(8 << 20) + "'"))
                .isEmpty();
    }

    @Test
    void aStatementBeyondSixteenMegabytesIsAProblemAndHidesNoOther() {
        ParsedScript script = parse("SELECT 1; SELECT '" + "x".repeat(100 << 20) + "'; SELECT 2");
        assertThat(script.problems())
                .extracting(SyntaxProblem::message)
                .containsExactly("this statement is over 16 MB long, more than Godwit reads");
        assertThat(script.statements()).hasSize(2);
    }

    @Test
    void aHundredErrorsAreEnough() {
        assertThat(messages("SELECT FROM FROM;\n".repeat(1000))).hasSize(100);
        assertThat(messages("(;".repeat(100_000))).hasSize(100);
    }

    @Test
    void manyStatementsKeepTheirPlaces() {
        ParsedScript script = parse("INSERT INTO t VALUES (1, 'é');\n".repeat(2000));
        assertThat(script.statements()).hasSize(2000);
        assertThat(script.source()
                        .position(script.statements().getLast().span().start())
                        .line())
                .isEqualTo(2000);
    }

    @Test
    void scriptsAreReadSideBySide() {
        List<CompletableFuture<List<String>>> running = IntStream.range(0, 6)
                .mapToObj(n -> CompletableFuture.supplyAsync(
                        () -> messages(("SELECT " + n + "; DO $$ BEGIN x; END $$; SELECT FROM FROM;\n").repeat(20))))
                .toList();
        List<String> expected = running.getFirst().join();
        assertThat(expected).hasSize(40);
        assertThat(running).allSatisfy(one -> assertThat(one.join()).isEqualTo(expected));
    }

    @Test
    void memoryIsGivenBackStatementByStatement() {
        Grammar grammar = new Grammar();
        byte[] sql =
                ("SELECT " + "a.b + ".repeat(50) + "1; DO $$ BEGIN x := 1; END $$").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 300; i++) {
            assertThat(grammar.parse(sql, place -> place)).isInstanceOf(Grammar.Outcome.Accepted.class);
            assertThat(grammar.parsePlpgsql(sql)).isPresent();
        }
        assertThat(grammar.isSmall()).isTrue();
    }
}
