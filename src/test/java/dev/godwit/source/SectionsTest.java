package dev.godwit.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.problem.Problem;
import dev.godwit.text.SourceText;
import org.junit.jupiter.api.Test;

class SectionsTest {
    @Test
    void keepsLineAndColumnOfEverySectionTrueToTheFile() {
        String content = "-- about\r\n-- migrate:up\r\nSELECT 'é',\r\n  1;\r\n\r\n-- migrate:down\r\nSELECT 2;";
        SourceText file = new SourceText("a.sql", content);
        Sections sections = Sections.of(file);
        SourceText up = sections.up().orElseThrow().text();
        SourceText down = sections.down().orElseThrow().text();
        assertThat(up.position(up.content().indexOf("1;"))).isEqualTo(file.position(content.indexOf("1;")));
        assertThat(down.position(down.content().indexOf("SELECT"))).hasToString("7:1");
        assertThat(up.content()).doesNotContain("SELECT 2", "migrate");
        assertThat(down.content()).doesNotContain("SELECT 'é'", "migrate");
    }

    @Test
    void readsOptionsPerSection() {
        Sections sections = Sections.of(
                new SourceText("a.sql", "-- migrate:up transaction:false\nSELECT 1;\n--migrate:down \t\nSELECT 2;"));
        assertThat(sections.up().orElseThrow().transactionMode()).isEqualTo(TransactionMode.NEVER);
        assertThat(sections.down().orElseThrow().transactionMode()).isEqualTo(TransactionMode.AUTO);
        assertThat(sections.problems()).isEmpty();
    }

    @Test
    void findsNothingInOrdinarySql() {
        assertThat(Sections.of(new SourceText("a.sql", "SELECT 1; -- migrate:up is only a word here\n"))
                        .none())
                .isTrue();
    }

    @Test
    void saysEveryProblemAtItsLine() {
        Sections sections = Sections.of(new SourceText(
                "a.sql",
                "SELECT 0;\n-- migrate:up\n\n-- migrate:up\n-- migrate:don\n-- migrate:down\n-- migrate:down\n"));
        assertThat(sections.problems())
                .extracting(Problem::where)
                .containsExactly("a.sql:5", "a.sql:4", "a.sql:7", "a.sql:1");
    }
}
