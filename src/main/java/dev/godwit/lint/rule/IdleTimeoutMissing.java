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

/// A transaction that nobody ends.
@AutoService(Rule.class)
public final class IdleTimeoutMissing implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
                    "idle-timeout-missing",
                    82,
                    Severity.WARNING,
                    Scope.EVERYTHING,
                    "A statement that locks writers or readers of a table in use, with no idle_in_transaction_session_timeout set before it in the script.",
                    "When the client hangs with the transaction open, its locks stay until somebody ends its session.",
                    "Set idle_in_transaction_session_timeout before it.")
            .offByDefault();

    @Override
    public RuleInfo info() {
        return INFO;
    }

    private static final SettingMissing MISSING = new SettingMissing(
            INFO,
            "idle_in_transaction_session_timeout",
            "SET idle_in_transaction_session_timeout = '1min'; before it.");

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return MISSING.check(facts, context);
    }
}
