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

/// A type that cannot be compared.
@AutoService(Rule.class)
public final class JsonColumn implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
                    "json-column",
                    47,
                    Severity.INFO,
                    Scope.EVERYTHING,
                    "A column of type json.",
                    "json has no equality, so DISTINCT, GROUP BY and UNION over it fail with SQLSTATE 42883, and it cannot be indexed.",
                    "Use jsonb.")
            .offByDefault();

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Columns.checkTypes(
                facts,
                (_, column) -> column.type().is("json") ? Optional.of(finding(facts, column)) : Optional.empty());
    }

    private static Finding finding(StatementFacts facts, ColumnDefinition column) {
        return Finding.at(
                        facts,
                        INFO,
                        column.name() + " is json, which has no equality: DISTINCT, GROUP BY and UNION fail on it.")
                .help("Use jsonb.");
    }
}
