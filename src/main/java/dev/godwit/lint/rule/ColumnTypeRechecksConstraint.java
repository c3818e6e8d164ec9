package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.ConstraintModel.Kind;
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
import java.util.Map;
import java.util.Optional;

/// A change of type that is free but for a CHECK.
@AutoService(Rule.class)
public final class ColumnTypeRechecksConstraint implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "column-type-rechecks-constraint",
            34,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "ALTER COLUMN … TYPE of a column that a CHECK reads, to a type that needs no rewrite.",
            "The CHECK is made anew for the new type, so an ACCESS EXCLUSIVE lock is held while every row is read.",
            "Drop the CHECK, change the type, add the CHECK again NOT VALID, and validate it in a later transaction.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Actions.check(
                facts,
                AlterAction.AlterType.class,
                (table, change, action) ->
                        action.work() == Work.SCAN ? Optional.of(finding(facts, table, change)) : Optional.empty());
    }

    private static Finding finding(StatementFacts facts, QualifiedName table, AlterAction.AlterType change) {
        String check = facts.relation(table).stream()
                .flatMap(relation -> relation.constraints().entrySet().stream())
                .filter(entry -> entry.getValue().kind() == Kind.CHECK
                        && entry.getValue().columns().contains(change.column()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("its CHECK");
        return Finding.at(
                        new Span(0, 0),
                        INFO,
                        "Changing " + change.column() + " to " + change.type() + " makes the CHECK " + check
                                + " anew and reads every row of " + table + " for it under "
                                + Wording.lockOn(LockMode.ACCESS_EXCLUSIVE, table)
                                + "; without the CHECK it would take an"
                                + " instant.")
                .on(table)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .growingWithRows()
                .help("In steps: DROP CONSTRAINT " + Wording.sql(check)
                        + " and change the type in one transaction, and in the same ADD it again NOT VALID; then VALIDATE"
                        + " CONSTRAINT " + Wording.sql(check) + " in a later one.");
    }
}
