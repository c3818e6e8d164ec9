package dev.godwit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.lint.RulePages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the documents say about the tree is so.
class DocumentsTest {
    private static final Pattern FLOOR = Pattern.compile("\\| (\\d+) \\| `([a-z]+)` \\| .+ \\| .+ \\|");
    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\|");
    private static final int HAZARDS = 95;
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

    @Test
    void architectureShowsTheFloorsThatTheTestProves() throws IOException {
        List<Set<String>> floors = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("ARCHITECTURE.md"))) {
            Matcher row = FLOOR.matcher(line);
            if (row.matches()) {
                int floor = Integer.parseInt(row.group(1));
                if (floor > floors.size()) {
                    floors.add(new TreeSet<>());
                }
                floors.get(floor - 1).add(row.group(2));
            }
        }
        assertThat(floors).isEqualTo(ArchitectureTest.FLOORS);
    }

    @Test
    void architectureIsReadInOneSitting() throws IOException {
        assertThat(Files.readAllLines(Path.of("ARCHITECTURE.md"))).hasSizeLessThanOrEqualTo(150);
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        int links = 0;
        for (Path document : documents()) {
            for (MatchResult link :
                    LINK.matcher(Files.readString(document)).results().toList()) {
                links++;
                assertThat(document.resolveSibling(link.group(1)))
                        .as(document + " links there")
                        .exists();
            }
        }
        assertThat(links).isGreaterThan(5);
    }

    @Test
    void decisionsAreNumberedWithoutAGap() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("docs/adr"))) {
            List<Path> decisions = files.sorted().toList();
            assertThat(decisions).hasSizeGreaterThan(5);
            for (int i = 0; i < decisions.size(); i++) {
                Path decision = decisions.get(i);
                assertThat(decision.toString()).contains("/%04d-".formatted(i + 1));
                assertThat(Files.readAllLines(decision).getFirst()).startsWith("# " + (i + 1) + ". ");
            }
        }
    }

    /// After a change of a rule or of its cases: `./dev docs`.
    @Test
    void thePagesOfTheRulesAreWhatTheRulesSay() throws IOException {
        Map<Path, String> pages = RulePages.all();
        if (Boolean.getBoolean("godwit.bless")) {
            Files.createDirectories(RulePages.ROOT);
            for (Map.Entry<Path, String> page : pages.entrySet()) {
                Files.writeString(page.getKey(), page.getValue());
            }
        }
        for (Map.Entry<Path, String> page : pages.entrySet()) {
            assertThat(page.getKey()).as("./dev docs writes it").exists();
            assertThat(Files.readString(page.getKey())).isEqualTo(page.getValue());
        }
        try (Stream<Path> files = Files.list(RulePages.ROOT)) {
            assertThat(files).containsExactlyInAnyOrderElementsOf(pages.keySet());
        }
    }

    /// The list of hazards has 95 numbers.
    @Test
    void everyHazardHasItsRuleOrAReasonToHaveNone() throws IOException {
        Set<Integer> numbers = Files.readAllLines(RulePages.ROOT.resolve("index.md")).stream()
                .flatMap(line -> ROW.matcher(line).results())
                .map(row -> Integer.parseInt(row.group(1)))
                .collect(Collectors.toSet());
        assertThat(numbers)
                .containsAll(IntStream.rangeClosed(1, HAZARDS).boxed().toList());
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> here = Files.list(Path.of(""));
                Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(here, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }
}
