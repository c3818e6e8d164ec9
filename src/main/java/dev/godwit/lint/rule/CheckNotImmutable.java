package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.ConstraintNames;
import dev.godwit.fact.StatementFacts;
import dev.godwit.fact.UnsteadyCalls;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.Constraint;
import dev.godwit.statement.Statement;
import dev.godwit.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A rule for rows that changes its mind.
@AutoService(Rule.class)
public final class CheckNotImmutable implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "check-not-immutable",
            27,
            Severity.WARNING,
            Scope.EVERYTHING,
            "A CHECK that calls a function whose result changes, such as now() or random().",
            "A row that passed when it was written fails when it is written again with SQLSTATE 23514, be it by an UPDATE of another column or by a restore from a dump.",
            "Check what does not change, and leave the rest to the code or to a trigger that looks once.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        if (facts.statement().statement() instanceof Statement.CreateTable create) {
            return Stream.concat(
                            create.constraints().stream(),
                            create.columns().stream().flatMap(column -> column.constraints().stream()))
                    .flatMap(constraint -> judge(create.name(), constraint).stream())
                    .map(finding -> finding.in(facts.statement().span()))
                    .toList();
        }
        List<Finding> found = new ArrayList<>(Actions.check(
                facts, AlterAction.AddConstraint.class, (table, add, _) -> judge(table, add.constraint())));
        found.addAll(Actions.check(
                facts,
                AlterAction.AddColumn.class,
                (table, add, _) -> add.column().constraints().stream()
                        .flatMap(constraint -> judge(table, constraint).stream())
                        .findFirst()));
        return found;
    }

    private static Optional<Finding> judge(QualifiedName table, Constraint constraint) {
        return constraint instanceof Constraint.Check check
                ? UnsteadyCalls.of(check.condition()).stream().findFirst().map(what -> finding(table, check, what))
                : Optional.empty();
    }

    private static Finding finding(QualifiedName table, Constraint.Check check, String what) {
        return Finding.at(
                        new Span(0, 0),
                        INFO,
                        "The CHECK " + ConstraintNames.of(table.name(), check) + " on " + table + " depends on " + what
                                + ": a row that passes today may fail when it is next written or restored (SQLSTATE 23514).")
                .on(table)
                .help("Check only what the row itself says, and do the rest in a trigger or in the code.");
    }
}
