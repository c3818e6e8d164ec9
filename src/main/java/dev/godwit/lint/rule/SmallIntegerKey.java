package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.statement.ColumnDefinition;
import dev.godwit.statement.Constraint;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A key that runs out of numbers.
@AutoService(Rule.class)
public final class SmallIntegerKey implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
                    "small-integer-key",
                    50,
                    Severity.INFO,
                    Scope.EVERYTHING,
                    "A primary key of type integer, smallint, serial or smallserial.",
                    "INSERTs fail with SQLSTATE 22003 once 2,147,483,647 (or 32,767) is reached, and to make it bigint then, the table is written anew under an ACCESS EXCLUSIVE lock.",
                    "Use bigint.")
            .offByDefault();

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Columns.check(
                facts,
                (_, column) -> isSmall(column) && isKey(facts, column)
                        ? Optional.of(finding(facts, column))
                        : Optional.empty());
    }

    private static boolean isSmall(ColumnDefinition column) {
        return Set.of("int2", "int4", "serial", "serial4", "smallserial", "serial2")
                        .contains(column.type().name())
                && column.type().schema().isEmpty()
                && !column.type().array();
    }

    private static boolean isKey(StatementFacts facts, ColumnDefinition column) {
        boolean ofTable = facts.statement().statement() instanceof Statement.CreateTable create
                && create.constraints().stream()
                        .anyMatch(constraint -> constraint instanceof Constraint.Key key
                                && key.primary()
                                && key.columns().contains(column.name()));
        return ofTable
                || column.constraint(Constraint.Key.class)
                        .filter(Constraint.Key::primary)
                        .isPresent();
    }

    private static Finding finding(StatementFacts facts, ColumnDefinition column) {
        return Finding.at(
                        facts,
                        INFO,
                        column.name() + " is " + column.type() + ": a key of that type runs out of numbers.")
                .help("Use bigint.");
    }
}
