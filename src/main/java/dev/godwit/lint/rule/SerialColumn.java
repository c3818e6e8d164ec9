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

/// Numbers that anyone may overwrite.
@AutoService(Rule.class)
public final class SerialColumn implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
                    "serial-column",
                    51,
                    Severity.INFO,
                    Scope.EVERYTHING,
                    "A column of type serial or bigserial.",
                    "A value given by hand is accepted and collides later, the sequence needs a GRANT of its own, and a copy of the table shares it.",
                    "Use GENERATED ALWAYS AS IDENTITY.")
            .offByDefault();

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Columns.check(
                facts,
                (_, column) -> column.type().isSerial() ? Optional.of(finding(facts, column)) : Optional.empty());
    }

    private static Finding finding(StatementFacts facts, ColumnDefinition column) {
        return Finding.at(
                        facts,
                        INFO,
                        column.name() + " is " + column.type() + ", a default that any INSERT can overwrite.")
                .help("Use bigint GENERATED ALWAYS AS IDENTITY.");
    }
}
