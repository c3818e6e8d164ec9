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

/// A text that is filled up with blanks.
@AutoService(Rule.class)
public final class CharColumn implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
                    "char-column",
                    48,
                    Severity.INFO,
                    Scope.EVERYTHING,
                    "A column of type char(n).",
                    "Each value is stored with blanks up to its length and compared without them, which surprises most code.",
                    "Use text, with a CHECK on the length if there must be one.")
            .offByDefault();

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Columns.checkTypes(
                facts,
                (_, column) ->
                        column.type().is("bpchar") && !column.type().modifiers().isEmpty()
                                ? Optional.of(finding(facts, column))
                                : Optional.empty());
    }

    private static Finding finding(StatementFacts facts, ColumnDefinition column) {
        return Finding.at(facts, INFO, column.name() + " is " + column.type() + ", which is filled up with blanks.")
                .help("Use text, with a CHECK on char_length where the length matters.");
    }
}
