package dev.godwit.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.problem.GodwitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every file under `config` is somebody's `godwit.toml`; the `.txt` beside it is what Godwit says to it.
/// `./dev bless` (`-Dgodwit.bless=true`) writes these anew.
class ConfigFileCasesTest {
    private static final Path CASES = Path.of("src/test/resources/config");

    @TestFactory
    Stream<DynamicTest> readsEveryCaseAsExpected() throws IOException {
        return cases(".toml").stream()
                .map(file -> DynamicTest.dynamicTest(CASES.relativize(file).toString(), () -> check(file)));
    }

    @Test
    void everyExpectationHasItsCase() throws IOException {
        assertThat(cases(".txt"))
                .containsExactlyElementsOf(cases(".toml").stream()
                        .map(ConfigFileCasesTest::expectation)
                        .toList());
    }

    private static void check(Path file) throws IOException {
        String actual = read(file);
        if (Boolean.getBoolean("godwit.bless")) {
            Files.writeString(expectation(file), actual);
        }
        assertThat(actual.startsWith("! ")).isEqualTo(CASES.relativize(file).startsWith("err"));
        assertThat(actual).doesNotContain("hunter2");
        assertThat(expectation(file)).content().isEqualTo(actual);
    }

    private static String read(Path file) {
        try {
            ConfigFile config = ConfigFile.given(file.toAbsolutePath(), CASES);
            return Settings.of(config, Map.of(), Map.of()).effective().stream()
                    .filter(line -> !line.origin().equals("default"))
                    .map(line -> line.key() + " = " + line.value() + "   (" + line.origin() + ")\n")
                    .collect(Collectors.joining());
        } catch (GodwitException e) {
            var problem = e.problem();
            return "! " + problem.what() + "\n  at    " + problem.where() + "\n"
                    + (problem.state().isEmpty() ? "" : "  and   " + problem.state() + "\n") + "  do    "
                    + problem.remedy() + "\n";
        }
    }

    private static Path expectation(Path file) {
        return Path.of(file.toString().replaceFirst("toml$", "txt"));
    }

    private static List<Path> cases(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(CASES)) {
            return files.filter(f -> f.toString().endsWith(ending)).sorted().toList();
        }
    }
}
