package dev.godwit.source.framework;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.text.SourceText;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PythonFileTest {
    @Test
    void readsTextsAsPythonDoes() {
        assertThat(value("x = 'a' \"b\"  # 'c'")).isEqualTo(text("ab"));
        assertThat(value("x = (r'\\n' '\\n'\n  '''\n\"'''\n)")).isEqualTo(text("\\n\n\n\""));
        assertThat(value("x = '\\x41\\u00e9\\101\\'\\q'")).isEqualTo(text("AéA'\\q"));
        assertThat(value("x: str = 'a\\\nb'")).isEqualTo(text("ab"));
        assertThat(value("y = 1; x = 'a'; z = 2")).isEqualTo(text("a"));
        assertThat(value("x = 'a'\nx = 'b'")).isEqualTo(text("b"));
    }

    @Test
    void readsTuplesListsAndCalls() {
        PythonValue both = new PythonValue.Items(List.of(text("a"), text("b")));
        assertThat(value("x = 'a', 'b'")).isEqualTo(both);
        assertThat(value("x = ('a',\n# why\n 'b',)")).isEqualTo(both);
        assertThat(value("x = {'a': 'b'}")).isEqualTo(both);
        assertThat(value("x = ('a')")).isEqualTo(text("a"));
        assertThat(value("x = m.f('a', k=[1, None], j=g())")).isInstanceOfSatisfying(PythonValue.Call.class, call -> {
            assertThat(call.simpleName()).isEqualTo("f");
            assertThat(call.argument(0, "z")).contains(text("a"));
            assertThat(call.argument(1, "k")).isPresent();
            assertThat(call.argument(2, "nothing")).isEmpty();
        });
    }

    @Test
    void knowsWhatItDoesNotKnow() {
        for (String unknown : List.of("'a' + b", "f'{a}'", "a if b else c", "-1", "'a'.upper()", "x[0]", "lambda: 1")) {
            assertThat(value("x = " + unknown)).as(unknown).isEqualTo(new PythonValue.Unknown());
        }
        assertThat(file("if y:\n    x = 'a'\nx == 'b'\nself.x = 'c'\n").value("x"))
                .isEmpty();
    }

    @Test
    void findsTheBodyOfAFunction() {
        PythonFile file = file("""
                def down():
                    '''text'''

                # a comment at the left
                    work(
                1)
                after = 1
                def one(a=(1, 2)) -> None: pass
                """);
        assertThat(file.function("down").orElseThrow()).hasSize(2);
        assertThat(file.function("one").orElseThrow()).singleElement().matches(line -> line.begins("pass"));
        assertThat(file.function("none")).isEmpty();
    }

    /// Whatever a file holds, it is read to its end, and every token lies where it says.
    @Test
    void readsAnythingWithoutFailing() {
        SplittableRandom random = new SplittableRandom(7);
        String[] words = {
            "'",
            "\"\"\"",
            "(",
            ")",
            "[",
            "]",
            ",",
            ":",
            "=",
            "\n",
            "    ",
            "\t",
            "\\",
            "#",
            "x",
            "def ",
            "f'",
            "class Migration",
            "1",
            ".",
            ";",
            "é",
            "\r\n",
            "revision",
            "None",
            "'a'"
        };
        for (int i = 0; i < 20_000; i++) {
            StringBuilder content = new StringBuilder();
            random.ints(random.nextInt(1, 30), 0, words.length).forEach(word -> content.append(words[word]));
            PythonFile file = file(content.toString());
            file.value("x");
            file.function("x");
            AlembicRevision.of(file);
            int at = 0;
            for (PythonLine line : file.lines()) {
                for (PythonToken token : line.tokens()) {
                    assertThat(token.start()).as(content.toString()).isGreaterThanOrEqualTo(at);
                    assertThat(token.end()).isGreaterThan(token.start()).isLessThanOrEqualTo(content.length());
                    at = token.end();
                }
            }
        }
    }

    private static PythonValue value(String content) {
        return file(content).value("x").orElseThrow();
    }

    private static PythonValue text(String value) {
        return new PythonValue.Text(value);
    }

    private static PythonFile file(String content) {
        return PythonFile.of(new SourceText("test.py", content));
    }
}
