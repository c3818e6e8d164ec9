package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.lint.Wording;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.Statement;
import java.util.List;

/// Several ALTER TABLE where one would do.
@AutoService(Rule.class)
public final class AlterTableInParts implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
                    "alter-table-in-parts",
                    73,
                    Severity.INFO,
                    Scope.EXISTING_RELATIONS,
                    "Two ALTER TABLE on the same table, one right after the other in one transaction.",
                    "Each asks for its lock and, where it reads or rewrites the table, does so by itself.",
                    "Make them one ALTER TABLE with several actions.")
            .offByDefault();

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        List<StatementFacts> before = context.before(facts);
        return !before.isEmpty()
                        && facts.inTransaction()
                        && before.getLast().transaction() == facts.transaction()
                        && facts.statement().statement() instanceof Statement.AlterTable alter
                        && before.getLast().statement().statement() instanceof Statement.AlterTable last
                        && last.name().equals(alter.name())
                        && canJoin(last)
                        && canJoin(alter)
                ? List.of(Finding.at(facts, INFO, "The statement before it alters " + alter.name() + " as well.")
                        .on(alter.name())
                        .help("Make both one ALTER TABLE " + Wording.sql(alter.name()) + " with a comma between them."))
                : List.of();
    }

    /// VALIDATE must not come with the ADD before it, and DROP CONSTRAINT goes first, whatever stands before it.
    private static boolean canJoin(Statement.AlterTable alter) {
        return alter.actions().stream()
                .noneMatch(action -> action instanceof AlterAction.ValidateConstraint
                        || action instanceof AlterAction.DropConstraint);
    }
}
