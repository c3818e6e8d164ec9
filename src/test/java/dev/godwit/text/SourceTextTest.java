package dev.godwit.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceTextTest {
    @Test
    void countsLinesAndColumnsFromOne() {
        SourceText text = new SourceText("a.sql", "SELECT 1;\nSELECT 2;");
        assertThat(text.position(0)).isEqualTo(new Position(1, 1));
        assertThat(text.position(10)).isEqualTo(new Position(2, 1));
        assertThat(text.position(17)).isEqualTo(new Position(2, 8));
    }

    @Test
    void countsACharacterOnceHoweverManyBytesItTakes() {
        SourceText text = new SourceText("a.sql", "é€𝄞x");
        assertThat(text.fromByteOffset(2)).isEqualTo(1);
        assertThat(text.fromByteOffset(5)).isEqualTo(2);
        assertThat(text.fromByteOffset(9)).isEqualTo(4);
        assertThat(text.position(4)).isEqualTo(new Position(1, 4));
    }

    @Test
    void takesAnOffsetInsideACharacterAsItsStart() {
        assertThat(new SourceText("a.sql", "é€").fromByteOffset(3)).isEqualTo(1);
    }

    @Test
    void leavesLineEndingsOut() {
        SourceText text = new SourceText("a.sql", "one\r\ntwo\n");
        assertThat(text.line(1)).isEqualTo("one");
        assertThat(text.line(2)).isEqualTo("two");
        assertThat(text.line(3)).isEmpty();
    }
}
