package dev.godwit.report.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.lint.CheckFile;
import dev.godwit.lint.CheckOptions;
import dev.godwit.lint.CheckResult;
import dev.godwit.lint.Linter;
import dev.godwit.problem.GodwitException;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every format shows the same two files; its folder holds what it makes of them.
class ReportFormatsTest {
    private static final Path ROOT = Path.of("src/test/resources/formats");

    static Iterable<String> formats() {
        return ReportFormats.load().ids();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void showsTheReleaseAsAccepted(String id) throws IOException {
        String shown = ReportFormats.render(ReportFormats.load().named(id), result("1.sql", "2.sql"), Paint.NONE);
        Path golden = ROOT.resolve(id).resolve("expected");
        if (Boolean.getBoolean("godwit.bless")) {
            Files.createDirectories(ROOT.resolve(id));
            Files.writeString(golden, shown);
        }
        assertThat(shown).isEqualTo(Files.readString(golden));
    }

    @Test
    void textPaintsSeveritiesAndNothingElseByItself() throws IOException {
        Paint marking = (role, text) -> role == Paint.Role.ERROR ? "<" + text + ">" : text;
        String shown = ReportFormats.render(ReportFormats.load().named("text"), result("1.sql"), marking);
        assertThat(shown).contains("<error>", "<^^^^").doesNotContain("\u001b");
    }

    @Test
    void anUnknownFormatIsAnErrorThatNamesTheNearest() {
        assertThatThrownBy(() -> ReportFormats.load().named("jsn"))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        failure -> assertThat(failure.problem().remedy()).contains("json"));
    }

    private static CheckResult result(String... names) throws IOException {
        List<CheckFile> files = new ArrayList<>();
        for (String name : names) {
            SourceText source = new SourceText("db/" + name, Files.readString(ROOT.resolve(name)));
            files.add(CheckFile.of(Scripts.parse(source), TransactionMode.NEVER));
        }
        return Linter.check(files, CheckOptions.defaults());
    }
}
