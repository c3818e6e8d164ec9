package dev.godwit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.problem.GodwitException;
import dev.godwit.source.framework.PlainSql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Migrations that were asked for together.
class NewFilesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private static NewMigration migration(String name, String up) {
        return new NewMigration(
                name,
                Optional.of(up),
                Optional.of("SELECT 2;"),
                TransactionMode.AUTO,
                Instant.parse("2026-11-23T04:30:00Z"));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void getOneVersionAfterTheOther() throws IOException {
        List<NewFile> written = NewFiles.write(
                Project.at(directory),
                new PlainSql(),
                List.of(migration("a", "SELECT 1;"), migration("b", "SELECT 1;")));
        assertThat(written).hasSize(4);
        assertThat(files())
                .containsExactly(
                        "20261123043000_a.down.sql",
                        "20261123043000_a.up.sql",
                        "20261123043001_b.down.sql",
                        "20261123043001_b.up.sql");
    }

    /// The third has a down without an up, which is seen only when its turn has come.
    @Test
    void leaveNothingWhenOneOfThemFails() throws IOException {
        List<NewMigration> three = List.of(
                migration("a", "SELECT 1;"), migration("b", "SELECT 1;"), migration("c", "-- migrate:down\nSELECT 1;"));
        assertThatThrownBy(() -> NewFiles.write(Project.at(directory), new PlainSql(), three))
                .isInstanceOf(GodwitException.class);
        assertThat(files()).isEmpty();
    }
}
