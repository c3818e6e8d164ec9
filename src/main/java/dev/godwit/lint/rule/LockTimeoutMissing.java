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

/// A lock that is waited for without end, with everyone else behind.
@AutoService(Rule.class)
public final class LockTimeoutMissing implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
                    "lock-timeout-missing",
                    80,
                    Severity.WARNING,
                    Scope.EVERYTHING,
                    "A statement that locks writers or readers of a table in use, with no lock_timeout set before it in the script.",
                    "While it waits for its lock, every later query on the table queues behind it, without end; Godwit's own runner sets one for each statement.",
                    "Set lock_timeout to a second or two before it, and try again; never for CREATE INDEX CONCURRENTLY.")
            .offByDefault();

    @Override
    public RuleInfo info() {
        return INFO;
    }

    private static final SettingMissing MISSING = new SettingMissing(
            INFO, "lock_timeout", "SET lock_timeout = '2s'; before it, and try again when it runs out.");

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return MISSING.check(facts, context);
    }
}
