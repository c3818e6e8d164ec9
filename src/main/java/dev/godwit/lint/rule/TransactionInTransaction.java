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

/// A script that takes the transaction out of its runner's hands.
@AutoService(Rule.class)
public final class TransactionInTransaction implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "transaction-in-transaction",
            84,
            Severity.WARNING,
            Scope.EVERYTHING,
            "BEGIN inside a transaction, or BEGIN, COMMIT or ROLLBACK in a script that the runner wraps in a transaction.",
            "A second BEGIN does nothing, and the first COMMIT ends the runner's transaction: what follows, and the runner's own record, is no longer all or nothing.",
            "Leave BEGIN and COMMIT to the runner, or have it run the script without a transaction.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        if (Control.begins(facts) && Control.openBefore(facts, context)) {
            return List.of(finding(facts, "A transaction is open already: this BEGIN does nothing."));
        }
        if (!Control.ends(facts)) {
            return List.of();
        }
        if (context.wrapped()
                && context.fromStart()
                && context.before(facts).stream().noneMatch(Control::ends)) {
            return List.of(finding(facts, "This ends the transaction in which the runner put the script."));
        }
        return Control.openBefore(facts, context)
                ? List.of()
                : List.of(finding(facts, "There is no transaction to end here."));
    }

    private static Finding finding(StatementFacts facts, String message) {
        return Finding.at(facts, INFO, message)
                .help("Leave it out, or have the runner run the script without a transaction.");
    }
}
