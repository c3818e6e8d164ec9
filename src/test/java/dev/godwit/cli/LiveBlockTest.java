package dev.godwit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveBlockTest {
    private final StringWriter written = new StringWriter();
    private final AtomicReference<TerminalSize> size = new AtomicReference<>(new TerminalSize(5, 20));

    private LiveBlock block(Map<String, String> environment, boolean isTerminal) {
        PrintWriter writer = new PrintWriter(written);
        return new LiveBlock(Terminal.of(writer, writer, environment, isTerminal), size::get);
    }

    @Test
    void aLineEndsBeforeTheEdgeAndItsColourWithIt() {
        block(Map.of(), true).draw(List.of("\u001b[31m" + "x".repeat(30) + "\u001b[0m"));
        assertThat(written).hasToString("\u001b[31m" + "x".repeat(19) + "\u001b[0m\n");
    }

    @Test
    void aLetterOfTwoColumnsIsNotCutInTwoAndAMarkTakesNone() {
        assertThat(Columns.cut("表".repeat(9), 7)).isEqualTo(new Columns("表表表", 6));
        assertThat(Columns.cut("e\u0301e\u0301e", 2)).isEqualTo(new Columns("e\u0301e\u0301", 2));
        assertThat(Columns.cut("🐦🐦", 3)).isEqualTo(new Columns("🐦", 2));
    }

    @Test
    void aBlockThatIsHigherThanTheTerminalIsCutToo() {
        block(Map.of(), true).draw(List.of("a", "b", "c", "d", "e", "f"));
        assertThat(written.toString().lines()).containsExactly("a", "b", "c", "and 3 lines more");
    }

    /// The terminal has wrapped what was drawn when it was wider.
    @Test
    void whatWasDrawnIsErasedAlsoFromATerminalThatBecameNarrower() {
        LiveBlock block = block(Map.of(), true);
        block.draw(List.of("x".repeat(15), "y"));
        size.set(new TerminalSize(5, 10));
        block.print("stays");
        assertThat(written.toString()).contains("\r\u001b[3A\u001b[Jstays");
    }

    @Test
    void whereNoTerminalIsOnlyTheLinesThatStayAreWritten() {
        LiveBlock block = block(Map.of(), false);
        block.draw(List.of("drawn"));
        block.print("stays");
        block.erase();
        assertThat(written).hasToString("stays\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0 0\n", "24\n", "24 x\n", "stty: standard input: not a tty"})
    void aTerminalThatDoesNotSayItsSizeHasEightyColumns(String answer) {
        assertThat(TerminalSize.of(answer)).isEqualTo(new TerminalSize(24, 80));
    }

    @Test
    void theSizeIsRowsAndColumns() {
        assertThat(TerminalSize.of("50 211\n")).isEqualTo(new TerminalSize(50, 211));
    }
}
