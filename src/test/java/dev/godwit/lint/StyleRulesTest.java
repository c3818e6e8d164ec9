package dev.godwit.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.fact.StatementFacts;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Rules that are off by default.
class StyleRulesTest {
    @Test
    void aStyleRuleIsSilentUntilItIsNamed() {
        assertThat(findings(Map.of())).isEmpty();
        assertThat(findings(Map.of("no-select", RuleSetting.WARNING)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
        assertThat(findings(Map.of("no-select", RuleSetting.OFF))).isEmpty();
    }

    private static List<Finding> findings(Map<String, RuleSetting> settings) {
        CheckFile file = CheckFile.of(Scripts.parse(new SourceText("test.sql", "SELECT 1;")), TransactionMode.AUTO);
        Rules rules = new Rules(List.of(new NoSelect()));
        return new Linter(rules, CheckOptions.defaults().settings(settings))
                .check(List.of(file))
                .files()
                .getFirst()
                .findings();
    }

    /// The shortest rule there can be.
    private static final class NoSelect implements Rule {
        private static final RuleInfo INFO = new RuleInfo(
                        "no-select", 1, Severity.INFO, RuleInfo.Scope.EVERYTHING, "SELECT.", "None.", "Leave it.")
                .offByDefault();

        @Override
        public RuleInfo info() {
            return INFO;
        }

        @Override
        public List<Finding> check(StatementFacts facts, LintContext context) {
            return List.of(Finding.at(facts, INFO, "It is there."));
        }
    }
}
