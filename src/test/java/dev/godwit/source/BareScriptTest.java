package dev.godwit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.problem.GodwitException;
import dev.godwit.text.SourceText;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BareScriptTest {
    @Test
    void takesAFileWithoutSectionsWhole() {
        assertThat(of("SELECT 1;", Direction.DOWN).text().content()).isEqualTo("SELECT 1;");
    }

    @Test
    void takesTheSectionThatIsAskedFor() {
        String both = "-- migrate:up transaction:false\nSELECT 1;\n-- migrate:down\n-- godwit:no-op nothing to do";
        assertThat(of(both, Direction.UP).transactionMode()).isEqualTo(TransactionMode.NEVER);
        assertThat(of(both, Direction.DOWN).noOpReason()).contains("nothing to do");
    }

    @Test
    void refusesWhatDoesNothing() {
        for (String nothing : List.of(
                "",
                " \n",
                "-- only words",
                "/* /* */ */ ;",
                "-- migrate:down\nSELECT 1;",
                "-- migrate:upp\nSELECT 1;")) {
            assertThatThrownBy(() -> of(nothing, Direction.UP)).as(nothing).isInstanceOf(GodwitException.class);
        }
    }

    private static Script of(String content, Direction direction) {
        return BareScript.of(Path.of("a.sql"), new SourceText("a.sql", content), direction);
    }
}
