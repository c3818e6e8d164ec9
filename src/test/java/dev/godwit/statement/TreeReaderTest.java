package dev.godwit.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/// The parser's JSON becomes the tree that it stands for.
class TreeReaderTest {
    @Test
    void everyTextComesThroughTheParserUnchanged() {
        Grammar grammar = new Grammar();
        for (String text :
                List.of("", "plain", "a \"quoted\" \\ back", "tab\tline\nreturn\rbell\u0007", "größe 例 🦤", "{\":[,")) {
            String sql = "SELECT '" + text.replace("'", "''") + "'";
            Grammar.Outcome outcome = grammar.parse(sql.getBytes(StandardCharsets.UTF_8), IntUnaryOperator.identity());
            assertThat(outcome)
                    .as(sql)
                    .isInstanceOfSatisfying(
                            Grammar.Outcome.Accepted.class,
                            accepted -> assertThat(constant(accepted.tree())).isEqualTo(text));
        }
    }

    @Test
    void numbersPlacesFlagsAndListsAreRead() {
        SqlNode tree = read(
                "{\"a\":{\"ival\":-12,\"location\":7,\"on\":true,\"off\":false,\"none\":null,\"list\":[{},{\"n\":2}]}}");
        SqlNode node = tree.node("a").orElseThrow();
        assertThat(node.number("ival")).hasValue(-12);
        assertThat(node.location()).hasValue(107);
        assertThat(node.flag("on")).isTrue();
        assertThat(node.has("off")).isFalse();
        assertThat(node.has("none")).isFalse();
        assertThat(node.nodes("list")).hasSize(2);
        assertThat(node.nodes("list").getLast().number("n")).hasValue(2);
    }

    @Test
    void escapesOfEveryKindAreUndone() {
        assertThat(read("{\"s\":\"\\b\\f\\n\\r\\t\\/\\\\\\\"\\u00e9\\ud83e\\udda4x\"}")
                        .text("s"))
                .hasValue("\b\f\n\r\t/\\\"é🦤x");
    }

    @Test
    void whatIsNoTreeIsRefused() {
        assertThatThrownBy(() -> read("{\"a\":?}")).isInstanceOf(GrammarFailure.class);
    }

    private static SqlNode read(String json) {
        return TreeReader.read(json.getBytes(StandardCharsets.UTF_8), place -> place + 100);
    }

    private static String constant(SqlNode tree) {
        SqlNode select = tree.nodes("stmts").getFirst().node("stmt").orElseThrow();
        SqlNode value = select.nodes("targetList").getFirst().node("val").orElseThrow();
        return value.node("sval").flatMap(text -> text.text("sval")).orElse("");
    }
}
