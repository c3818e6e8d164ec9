package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A CHECK whose existing rows are read behind the strongest lock there is.
@AutoService(Rule.class)
public final class CheckValidatedAtOnce implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "check-validated-at-once",
            19,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "A CHECK constraint is added without NOT VALID.",
            "It holds an ACCESS EXCLUSIVE lock while every row is checked, so every query waits for the whole scan.",
            "Add it NOT VALID, then VALIDATE CONSTRAINT in a later transaction, which lets reads and writes go on.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Stream.concat(
                        Actions.check(
                                facts,
                                AlterAction.AddConstraint.class,
                                (table, add, _) -> check(add.constraint())
                                        .map(check -> finding(table, "ADD CHECK")
                                                .help("Add it NOT VALID, then, in a later transaction: "
                                                        + validate(table, check) + ";")
                                                .fix(fix(facts, table, check, context))))
                                .stream(),
                        Actions.check(
                                facts,
                                AlterAction.AddColumn.class,
                                (table, add, _) -> add.column()
                                        .constraint(Constraint.Check.class)
                                        .flatMap(CheckValidatedAtOnce::check)
                                        .map(
                                                _ -> finding(table, "ADD COLUMN … CHECK")
                                                        .help(
                                                                "Add the column without CHECK, then the constraint NOT VALID, then validate it.")))
                                .stream())
                .toList();
    }

    private static Optional<Constraint.Check> check(Constraint constraint) {
        return constraint instanceof Constraint.Check check && check.validated()
                ? Optional.of(check)
                : Optional.empty();
    }

    private static Finding finding(QualifiedName table, String what) {
        String message = what + " reads every row of " + table + " under "
                + Wording.lockOn(LockMode.ACCESS_EXCLUSIVE, table) + ".";
        return Finding.at(new Span(0, 0), INFO, message)
                .on(table)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .growingWithRows();
    }

    private static String validate(QualifiedName table, Constraint.Check check) {
        return "ALTER TABLE " + Wording.sql(table) + " VALIDATE CONSTRAINT "
                + Wording.sql(ConstraintNames.of(table.name(), check));
    }

    private static Optional<String> fix(
            StatementFacts facts, QualifiedName table, Constraint.Check check, LintContext context) {
        return Actions.alone(facts) && context.runsOneByOne()
                ? Optional.of(facts.statement().sql() + " NOT VALID;\n" + validate(table, check))
                : Optional.empty();
    }
}
