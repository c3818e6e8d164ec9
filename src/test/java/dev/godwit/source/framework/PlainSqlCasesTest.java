package dev.godwit.source.framework;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.problem.Problem;
import dev.godwit.source.Migration;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every folder under `frameworks/plain-sql` is a small project; `expected.txt` in it is what a person is told.
/// `./dev bless` (`-Dgodwit.bless=true`) writes the files anew.
class PlainSqlCasesTest {
    private static final Path CASES = Path.of("src/test/resources/frameworks/plain-sql");

    @TestFactory
    Stream<DynamicTest> listsEveryCaseAsExpected() throws IOException {
        return cases().stream()
                .map(folder -> DynamicTest.dynamicTest(CASES.relativize(folder).toString(), () -> check(folder)));
    }

    @Test
    void thereAreCasesOfBothKinds() throws IOException {
        assertThat(cases().stream().map(PlainSqlCasesTest::kind).distinct()).containsExactlyInAnyOrder("ok", "err");
    }

    private static String kind(Path folder) {
        return CASES.relativize(folder).getName(0).toString();
    }

    private static void check(Path folder) throws IOException {
        MigrationSet set = new PlainSql().list(folder);
        assertThat(set.problems().isEmpty()).isEqualTo(kind(folder).equals("ok"));
        String actual = render(set, folder);
        Path expected = folder.resolve("expected.txt");
        if (Boolean.getBoolean("godwit.bless")) {
            Files.writeString(expected, actual);
        }
        assertThat(expected).content().isEqualTo(actual);
    }

    private static List<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.walk(CASES, 2)) {
            return folders.filter(f -> CASES.relativize(f).getNameCount() == 2)
                    .sorted()
                    .toList();
        }
    }

    private static String render(MigrationSet set, Path root) {
        String migrations =
                set.migrations().stream().map(PlainSqlCasesTest::render).collect(Collectors.joining());
        String problems = set.problems().stream().map(PlainSqlCasesTest::render).collect(Collectors.joining());
        return (migrations + problems).replace(root.toString(), "ROOT");
    }

    private static String render(Migration migration) {
        return migration.id() + "\n  up    " + render(migration.up()) + "\n"
                + migration.down().map(down -> "  down  " + render(down) + "\n").orElse("")
                + migration.downMissing().map(PlainSqlCasesTest::render).orElse("");
    }

    private static String render(Script script) {
        int offset = script.firstStatement().orElse(0);
        return script.text().name() + ":" + script.text().position(offset) + " "
                + script.transactionMode().word()
                + script.noOpReason().map(reason -> " nothing to do: " + reason).orElse("");
    }

    private static String render(Problem problem) {
        return "! " + problem.what() + "\n  at    " + problem.where() + "\n  do    " + problem.remedy() + "\n";
    }
}
