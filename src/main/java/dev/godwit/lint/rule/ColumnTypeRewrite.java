package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.ActionFacts;
import dev.godwit.fact.StatementFacts;
import dev.godwit.fact.Work;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.lint.Wording;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.text.Span;
import java.util.List;
import java.util.Optional;

/// A change of type that stores every value anew.
@AutoService(Rule.class)
public final class ColumnTypeRewrite implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "column-type-rewrite",
            33,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "ALTER COLUMN … TYPE to a type that stores its values otherwise.",
            "It holds an ACCESS EXCLUSIVE lock while the table and all its indexes are written anew.",
            "Add a new column, write both, fill the old rows in batches, switch the code over, drop the old column.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Actions.check(
                facts,
                AlterAction.AlterType.class,
                (table, change, action) -> action.work() == Work.REWRITE
                        ? Optional.of(finding(facts, table, change, action))
                        : Optional.empty());
    }

    private static Finding finding(
            StatementFacts facts, QualifiedName table, AlterAction.AlterType change, ActionFacts action) {
        String from = facts.relation(table)
                .flatMap(relation -> relation.column(change.column()))
                .flatMap(column -> column.type())
                .map(type -> " from " + type)
                .orElse("");
        String verb = action.certain() ? " writes all of " : " may write all of ";
        String message = "Changing " + change.column() + from + " to " + change.type() + verb + table
                + " and its indexes anew under " + Wording.lockOn(LockMode.ACCESS_EXCLUSIVE, table)
                + (action.certain() ? "." : ": that depends on its present type, which is not known here.");
        return Finding.at(new Span(0, 0), INFO, message)
                .on(table)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .as(action.certain() ? Severity.ERROR : Severity.WARNING)
                .growingWithRows()
                .help(help(change, action));
    }

    private static String help(AlterAction.AlterType change, ActionFacts action) {
        String safe = "Add a new column of type " + change.type()
                + ", write both, fill the old rows in batches, switch over, then drop " + Wording.sql(change.column())
                + ".";
        return action.certain() ? safe : "Check with a profile of production (--profile). If it rewrites: " + safe;
    }
}
