package dev.godwit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.lint.Rule;
import dev.godwit.lint.Rules;
import dev.godwit.problem.GodwitException;
import dev.godwit.report.format.ReportFormat;
import dev.godwit.report.format.ReportFormats;
import dev.godwit.source.Framework;
import dev.godwit.throttle.ThrottleSignal;
import dev.godwit.throttle.Throttles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every plug-in has its cases, every case folder its plug-in, and no two share an id.
class ExtensionsTest {
    private static final Path CASES = Path.of("src/test/resources");

    @Test
    void everyRuleHasItsCaseFolderAndEveryFolderItsRule() throws IOException {
        assertThat(folders("rules"))
                .isEqualTo(ids(Rule.class, rule -> rule.info().id()))
                .hasSizeGreaterThanOrEqualTo(15);
    }

    @Test
    void everyRuleCaseIsComplete() throws IOException {
        for (String rule : folders("rules")) {
            for (String file : List.of("setup.sql", "bad.sql", "good.sql", "bad.txt", "proof.properties")) {
                assertThat(CASES.resolve("rules").resolve(rule).resolve(file)).exists();
            }
        }
    }

    @Test
    void everyReportFormatHasItsCaseFolderAndEveryFolderItsFormat() throws IOException {
        assertThat(folders("formats"))
                .isEqualTo(ids(ReportFormat.class, ReportFormat::id))
                .contains("text", "json");
    }

    @Test
    void everyFrameworkHasItsCaseFolderAndEveryFolderItsFramework() throws IOException {
        assertThat(folders("frameworks"))
                .isEqualTo(ids(Framework.class, Framework::id))
                .isNotEmpty();
    }

    @Test
    void everySignalStandsInTheDocumentation() throws IOException {
        String page = Files.readString(Path.of("docs/backfill.md"));
        Map<String, ThrottleSignal> known = Throttles.known();
        assertThat(known).hasSizeGreaterThanOrEqualTo(8);
        known.forEach((id, signal) -> assertThat(page).contains("| `" + id + "` | `" + signal.example() + "` | "));
    }

    @Test
    void aDuplicateIdStopsTheStart() {
        Rule rule = ServiceLoader.load(Rule.class).iterator().next();
        ReportFormat format = ServiceLoader.load(ReportFormat.class).iterator().next();
        assertThatThrownBy(() -> new Rules(List.of(rule, rule))).isInstanceOf(GodwitException.class);
        assertThatThrownBy(() -> new ReportFormats(List.of(format, format))).isInstanceOf(GodwitException.class);
    }

    private static <T> Set<String> ids(Class<T> plugIn, Function<T, String> id) {
        Set<String> found = new TreeSet<>();
        ServiceLoader.load(plugIn).forEach(one -> found.add(id.apply(one)));
        return found;
    }

    private static Set<String> folders(String kind) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> entries = Files.list(CASES.resolve(kind))) {
            entries.filter(Files::isDirectory)
                    .forEach(entry -> found.add(entry.getFileName().toString()));
        }
        return found;
    }
}
