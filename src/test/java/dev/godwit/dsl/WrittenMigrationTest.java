package dev.godwit.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.source.Frameworks;
import dev.godwit.source.NewFile;
import dev.godwit.source.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole files as a good author would write them, as they were accepted. `./dev bless` writes them anew.
class WrittenMigrationTest {
    private static final Path GOLDEN = Path.of("src/test/resources/dialects");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    /// @param ending of the golden file
    record Writing(DialectCase one, String framework, String ending) {
        Path golden() {
            return GOLDEN.resolve(framework).resolve(one.name() + ending);
        }

        @Override
        public String toString() {
            return framework + "/" + one.name();
        }
    }

    static Stream<Writing> writings() {
        return DialectCase.all().stream()
                .flatMap(one -> Stream.of(new Writing(one, "rails", ".rb"), new Writing(one, "laravel", ".php")));
    }

    @ParameterizedTest
    @MethodSource("writings")
    void writesTheFileThatWasAccepted(Writing writing) throws IOException {
        Files.writeString(directory.resolve("Gemfile.lock"), "    rails (6.1.7)\n");
        Project project = Project.at(directory);
        String text = writing.one().requests(project, writing.framework()).stream()
                .flatMap(request -> Frameworks.load().byId(writing.framework()).newMigration(project, request).stream())
                .map(NewFile::content)
                .collect(Collectors.joining("\n"));
        if (Boolean.getBoolean("godwit.bless")) {
            Files.createDirectories(writing.golden().getParent());
            Files.writeString(writing.golden(), text);
        }
        assertThat(text).isEqualTo(Files.readString(writing.golden()));
    }
}
