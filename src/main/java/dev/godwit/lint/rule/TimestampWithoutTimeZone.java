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

/// A time that is not a point in time.
@AutoService(Rule.class)
public final class TimestampWithoutTimeZone implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
                    "timestamp-without-time-zone",
                    52,
                    Severity.INFO,
                    Scope.EVERYTHING,
                    "A column of type timestamp without time zone.",
                    "The offset of a value is dropped unseen, so two different moments become the same one.",
                    "Use timestamptz.")
            .offByDefault();

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Columns.checkTypes(
                facts,
                (_, column) -> column.type().is("timestamp") ? Optional.of(finding(facts, column)) : Optional.empty());
    }

    private static Finding finding(StatementFacts facts, ColumnDefinition column) {
        return Finding.at(facts, INFO, column.name() + " drops the offset of what is written to it.")
                .help("Use timestamptz.");
    }
}
