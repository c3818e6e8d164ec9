package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.Statement;
import java.util.List;

/// A statement that fails when the script is run a second time.
@AutoService(Rule.class)
public final class NotRerunnable implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
                    "not-rerunnable",
                    85,
                    Severity.INFO,
                    Scope.EVERYTHING,
                    "CREATE or DROP without IF [NOT] EXISTS, in a script that does not run in one transaction.",
                    "When the script stops half-way, what came before stays, and a second run fails on it.",
                    "Add IF NOT EXISTS or IF EXISTS; for CREATE INDEX CONCURRENTLY drop the invalid index first.")
            .offByDefault();

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return !facts.inTransaction()
                        && context.facts().size() > 1
                        && failsAgain(facts.statement().statement())
                ? List.of(Finding.at(
                                facts,
                                INFO,
                                "If the script stops after this, a second run fails here, for it was not rolled back.")
                        .help("Add IF NOT EXISTS or IF EXISTS, or run the script in one transaction."))
                : List.of();
    }

    /// An index keeps its name even when it is invalid, so IF NOT EXISTS would make it stay so.
    private static boolean failsAgain(Statement statement) {
        return switch (statement) {
            case Statement.CreateTable create -> !create.ifNotExists();
            case Statement.CreateIndex index ->
                index.name().isPresent() && !index.ifNotExists() && !index.concurrently();
            case Statement.DropObjects drop -> !drop.missingOk();
            case Statement.AlterTable alter -> alter.actions().stream().anyMatch(NotRerunnable::failsAgain);
            default -> false;
        };
    }

    private static boolean failsAgain(AlterAction action) {
        return switch (action) {
            case AlterAction.AddColumn add -> !add.ifNotExists();
            case AlterAction.DropColumn drop -> !drop.missingOk();
            case AlterAction.DropConstraint drop -> !drop.missingOk();
            default -> false;
        };
    }
}
