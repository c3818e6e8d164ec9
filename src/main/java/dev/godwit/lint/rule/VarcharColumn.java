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
import java.util.List;
import java.util.Optional;

/// A length that will be too short one day.
@AutoService(Rule.class)
public final class VarcharColumn implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
                    "varchar-column",
                    49,
                    Severity.INFO,
                    Scope.EVERYTHING,
                    "A column of type varchar(n).",
                    "A longer value fails with SQLSTATE 22001, and to shorten the limit later, every row is read under an ACCESS EXCLUSIVE lock.",
                    "Use text, with a CHECK on the length, which can be replaced NOT VALID.")
            .offByDefault();

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Columns.checkTypes(
                facts,
                (_, column) -> column.type().is("varchar")
                                && !column.type().modifiers().isEmpty()
                        ? Optional.of(finding(facts, column))
                        : Optional.empty());
    }

    private static Finding finding(StatementFacts facts, ColumnDefinition column) {
        return Finding.at(facts, INFO, column.name() + " is " + column.type() + ": a longer value fails.")
                .help("Use text, with a CHECK on char_length where the length matters.");
    }
}
