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

/// A BEGIN that nothing ends.
@AutoService(Rule.class)
public final class TransactionLeftOpen implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "transaction-left-open",
            83,
            Severity.ERROR,
            Scope.EVERYTHING,
            "BEGIN without a COMMIT or ROLLBACK after it in the script.",
            "When the session ends, the server rolls back what followed it, and until then its locks are held.",
            "Add the COMMIT, or leave BEGIN out.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Control.begins(facts)
                        && !Control.openBefore(facts, context)
                        && context.toEnd()
                        && context.after(facts).stream().noneMatch(Control::ends)
                ? List.of(Finding.at(
                                facts,
                                INFO,
                                "No COMMIT follows this: what comes after it is rolled back when the session ends.")
                        .help("Add COMMIT at the end, or leave BEGIN out."))
                : List.of();
    }
}
