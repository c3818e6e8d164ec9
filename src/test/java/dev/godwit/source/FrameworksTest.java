package dev.godwit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.problem.GodwitException;
import dev.godwit.source.framework.PlainSql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameworksTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void findsPlainSqlByItsFiles() throws IOException {
        Files.createDirectories(folder.resolve("db/migrations"));
        Files.writeString(folder.resolve("db/migrations/1_a.sql"), "-- migrate:up\nSELECT 1;");
        assertThat(Frameworks.load().detect(Project.at(folder)).id()).isEqualTo("plain-sql");
    }

    @Test
    void saysWhereItLookedWhenThereIsNothing() {
        assertThatThrownBy(() -> Frameworks.load().detect(Project.at(folder)))
                .isInstanceOfSatisfying(GodwitException.class, e -> {
                    assertThat(e.problem().what()).contains("plain SQL");
                    assertThat(e.problem().where()).isEqualTo(folder.toString());
                });
    }

    @Test
    void fallsBackOnlyWhereNothingIsThereYet() {
        assertThat(Frameworks.load().detect(Project.at(folder), "plain-sql").id())
                .isEqualTo("plain-sql");
    }

    @Test
    void namesTheNearestFrameworkForATypingMistake() {
        assertThatThrownBy(() -> Frameworks.load().byId("plain_sqll"))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        e -> assertThat(e.problem().remedy()).contains("did you mean plain-sql?"));
    }

    @Test
    void refusesTwoFrameworksOfOneName() {
        assertThatThrownBy(() -> Frameworks.of(List.of(new PlainSql(), new PlainSql())))
                .hasMessage("two frameworks have the id plain-sql");
    }
}
