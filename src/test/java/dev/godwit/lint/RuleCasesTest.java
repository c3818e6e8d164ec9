package dev.godwit.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.report.format.Paint;
import dev.godwit.report.format.ReportFormats;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every rule speaks on its bad script, in the words of `bad.txt`, and is silent on its good one. `./dev bless` writes
/// the words anew.
class RuleCasesTest {
    static List<RuleCase> cases() {
        return RuleCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void speaksOnBadAndIsSilentOnGood(RuleCase rule) {
        assertThat(check(rule, "bad", rule.script("bad")).rules()).contains(rule.id());
        assertThat(check(rule, "good", rule.script("good")).rules()).doesNotContain(rule.id());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysItInTheWordsThatWereAccepted(RuleCase rule) throws IOException {
        CheckResult result = check(rule, "bad", rule.script("bad")).result();
        String text = ReportFormats.render(ReportFormats.load().named("text"), result, Paint.NONE);
        Path golden = rule.folder().resolve("bad.txt");
        if (Boolean.getBoolean("godwit.bless")) {
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(rule.text("bad.txt"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void leavesNothingOfTheRuleWhereItsFixIsTaken(RuleCase rule) {
        ParsedScript bad = rule.script("bad");
        for (Finding finding : check(rule, "bad", bad).findings()) {
            if (finding.fix().isPresent()) {
                ParsedScript fixed = fixed(bad, finding, finding.fix().get());
                assertThat(fixed.problems()).isEmpty();
                assertThat(check(rule, "bad", fixed).rules()).doesNotContain(rule.id());
            }
        }
    }

    private static ParsedScript fixed(ParsedScript script, Finding finding, String fix) {
        String content = script.source().content();
        return Scripts.parse(new SourceText(
                "fixed.sql",
                content.substring(0, finding.span().start())
                        + fix
                        + content.substring(finding.span().end())));
    }

    private record Checked(CheckResult result) {
        List<Finding> findings() {
            return result.files().getFirst().findings();
        }

        List<String> rules() {
            return findings().stream().map(finding -> finding.rule().id()).toList();
        }
    }

    private static Checked check(RuleCase rule, String which, ParsedScript script) {
        CheckFile file = CheckFile.of(script, rule.mode(which));
        return new Checked(Linter.check(List.of(file), rule.options()));
    }
}
