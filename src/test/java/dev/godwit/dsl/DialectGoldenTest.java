package dev.godwit.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.source.CodeBody;
import dev.godwit.source.NewMigration;
import dev.godwit.source.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The code that a good author would write for each case, as it was accepted. `./dev bless` writes it anew.
class DialectGoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/dialects");

    private static final Path DJANGO = Path.of("src/test/resources/frameworks/django/project");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    /// @param framework whose dialect writes
    /// @param ending of the golden file, and of the changelog where a framework has several forms
    record Writing(DialectCase one, String framework, String ending) {
        Path golden() {
            return GOLDEN.resolve(framework).resolve(one.name() + ending);
        }

        @Override
        public String toString() {
            return framework + "/" + one.name() + ending;
        }
    }

    static Stream<Writing> writings() {
        return DialectCase.all().stream()
                .flatMap(one -> Stream.of(
                        new Writing(one, "alembic", ".py"),
                        new Writing(one, "liquibase", ".xml"),
                        new Writing(one, "liquibase", ".yaml"),
                        new Writing(one, "liquibase", ".json")));
    }

    @ParameterizedTest
    @MethodSource("writings")
    void writesTheCodeThatWasAccepted(Writing writing) throws IOException {
        Files.writeString(directory.resolve("changelog" + writing.ending()), "databaseChangeLog:");
        String text = text(writing.one().requests(Project.at(directory), writing.framework()));
        if (Boolean.getBoolean("godwit.bless")) {
            Files.createDirectories(writing.golden().getParent());
            Files.writeString(writing.golden(), text);
        }
        assertThat(text).isEqualTo(Files.readString(writing.golden()));
    }

    /// In a project whose migrations tell the models.
    @ParameterizedTest
    @MethodSource("djangoCases")
    void writesDjangosOperationsThatWereAccepted(DialectCase one) throws IOException {
        Path golden = GOLDEN.resolve("django").resolve(one.name() + ".py");
        String text = text(one.requests(Project.at(DJANGO), "django"));
        if (Boolean.getBoolean("godwit.bless")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
    }

    static List<DialectCase> djangoCases() {
        return DialectCase.of(Path.of("src/test/resources/dialect-cases/django"));
    }

    private static String text(List<NewMigration> requests) {
        return requests.stream()
                .map(request -> text(request.body().orElseThrow()))
                .collect(Collectors.joining("\n"));
    }

    private static String text(CodeBody body) {
        Stream<String> down = body.down().map(List::stream).orElse(Stream.of("by itself"));
        return Stream.of(Stream.of("--- up"), body.imports().stream(), body.up().stream(), Stream.of("--- down"), down)
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
