package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import java.util.List;

/// A statement that may run for as long as it likes.
@AutoService(Rule.class)
public final class StatementTimeoutMissing implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
                    "statement-timeout-missing",
                    81,
                    Severity.WARNING,
                    Scope.EVERYTHING,
                    "A statement that locks writers or readers of a table in use, with no statement_timeout set before it in the script.",
                    "It holds its lock for as long as it runs.",
                    "Set statement_timeout before it to what it may take.")
            .offByDefault();

    @Override
    public RuleInfo info() {
        return INFO;
    }

    private static final SettingMissing MISSING = new SettingMissing(
            INFO, "statement_timeout", "SET statement_timeout = '1min'; before it, or what it may take.");

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return MISSING.check(facts, context);
    }
}
