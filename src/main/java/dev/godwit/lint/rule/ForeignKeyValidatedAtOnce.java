package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.ActionFacts;
import dev.godwit.fact.ConstraintNames;
import dev.godwit.fact.StatementFacts;
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
import dev.godwit.statement.Constraint;
import dev.godwit.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A foreign key whose existing rows are checked while two tables take no writes.
@AutoService(Rule.class)
public final class ForeignKeyValidatedAtOnce implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "foreign-key-validated-at-once",
            18,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "A foreign key is added without NOT VALID.",
            "It holds a SHARE ROW EXCLUSIVE lock on both tables while every row is checked, so writes to both wait.",
            "Add it NOT VALID, then VALIDATE CONSTRAINT in a later transaction, which lets writes go on.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        List<Finding> found = new ArrayList<>(Actions.check(
                facts,
                AlterAction.AddConstraint.class,
                (table, add, action) -> add.constraint() instanceof Constraint.ForeignKey key
                                && action.work().grows()
                        ? Optional.of(validated(table, key).fix(fix(facts, table, key, context)))
                        : Optional.empty()));
        found.addAll(Actions.check(
                facts,
                AlterAction.AddColumn.class,
                (table, add, action) -> add.column()
                        .constraint(Constraint.ForeignKey.class)
                        .filter(Constraint.ForeignKey::validated)
                        .map(key -> ofColumn(facts, table, key, action))));
        return found;
    }

    private static Finding validated(QualifiedName table, Constraint.ForeignKey key) {
        return Finding.at(
                        new Span(0, 0),
                        INFO,
                        "ADD FOREIGN KEY takes a SHARE ROW EXCLUSIVE lock on " + table + " and on " + key.references()
                                + ", which blocks writes to both, while it checks every row of " + table + ".")
                .on(table)
                .under(LockMode.SHARE_ROW_EXCLUSIVE)
                .growingWithRows()
                .help("Add it NOT VALID, then, in a later transaction: " + validate(table, key) + ";");
    }

    private static String validate(QualifiedName table, Constraint.ForeignKey key) {
        return "ALTER TABLE " + Wording.sql(table) + " VALIDATE CONSTRAINT "
                + Wording.sql(ConstraintNames.of(table.name(), key));
    }

    /// A new column is NULL in every row, so PostgreSQL checks none, unless a default fills it. What stays is the lock
    /// on
    /// the referenced table, brief but queued.
    private static Finding ofColumn(
            StatementFacts facts, QualifiedName table, Constraint.ForeignKey key, ActionFacts action) {
        String lock = Wording.lockOn(LockMode.SHARE_ROW_EXCLUSIVE, key.references());
        if (action.work().grows()) {
            return Finding.at(facts, INFO, "REFERENCES takes " + lock + ", while it checks every row of " + table + ".")
                    .on(table)
                    .under(LockMode.ACCESS_EXCLUSIVE)
                    .growingWithRows()
                    .help("Add the column without REFERENCES, then the foreign key NOT VALID, then validate it.");
        }
        return Finding.at(
                        facts,
                        INFO,
                        "REFERENCES takes " + lock + ", and holds it together with the one on " + table
                                + "; both are brief, as the new column is NULL in every row.")
                .on(table)
                .under(LockMode.SHARE_ROW_EXCLUSIVE)
                .as(Severity.WARNING)
                .help("Add the column first, then the foreign key NOT VALID in a transaction of its own.");
    }

    private static Optional<String> fix(
            StatementFacts facts, QualifiedName table, Constraint.ForeignKey key, LintContext context) {
        return Actions.alone(facts) && context.runsOneByOne()
                ? Optional.of(facts.statement().sql() + " NOT VALID;\n" + validate(table, key))
                : Optional.empty();
    }
}
