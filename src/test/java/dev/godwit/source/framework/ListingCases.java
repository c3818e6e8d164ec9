package dev.godwit.source.framework;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.problem.Problem;
import dev.godwit.source.Framework;
import dev.godwit.source.Migration;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// Every folder under `frameworks/<id>/ok` and `err` is a small project; `expected.txt` in it is what a person is told.
/// `./dev bless` (`-Dgodwit.bless=true`) writes the files anew.
record ListingCases(Framework framework) {
    static Stream<DynamicTest> of(Framework framework) throws IOException {
        ListingCases cases = new ListingCases(framework);
        List<Path> ok = cases.folders("ok");
        List<Path> err = cases.folders("err");
        assertThat(ok).isNotEmpty();
        assertThat(err).isNotEmpty();
        return Stream.concat(ok.stream(), err.stream())
                .map(folder ->
                        DynamicTest.dynamicTest(cases.root().relativize(folder).toString(), () -> cases.check(folder)));
    }

    private Path root() {
        return Path.of("src/test/resources/frameworks", framework.id());
    }

    private List<Path> folders(String kind) throws IOException {
        try (Stream<Path> folders = Files.list(root().resolve(kind))) {
            return folders.sorted().toList();
        }
    }

    private void check(Path folder) throws IOException {
        MigrationSet set = framework.list(folder);
        String actual = (set.migrations().stream().map(ListingCases::render).collect(Collectors.joining())
                        + set.problems().stream().map(ListingCases::render).collect(Collectors.joining()))
                .replace(folder.toString(), "ROOT");
        Path expected = folder.resolve("expected.txt");
        if (Boolean.getBoolean("godwit.bless")) {
            Files.writeString(expected, actual);
        }
        assertThat(expected).content().isEqualTo(actual);
        assertThat(set.problems().isEmpty()).isEqualTo(folder.startsWith(root().resolve("ok")));
    }

    private static String render(Migration migration) {
        return migration.id() + "\n  up    " + render(migration.up()) + "\n"
                + migration.down().map(down -> "  down  " + render(down) + "\n").orElse("  no down\n");
    }

    private static String render(Script script) {
        int offset = script.firstStatement().orElse(0);
        return script.text().name() + ":" + script.text().position(offset) + " "
                + script.transactionMode().word() + " "
                + script.language().name().toLowerCase(Locale.ROOT)
                + script.noOpReason().map(reason -> " nothing to do: " + reason).orElse("");
    }

    private static String render(Problem problem) {
        return "! " + problem.what() + "\n  at    " + problem.where() + "\n  do    " + problem.remedy() + "\n";
    }
}
