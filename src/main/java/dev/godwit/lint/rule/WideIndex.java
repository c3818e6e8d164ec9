package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.statement.Statement;
import java.util.List;

/// An index of more columns than queries use.
@AutoService(Rule.class)
public final class WideIndex implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
                    "wide-index",
                    8,
                    Severity.INFO,
                    Scope.EXISTING_RELATIONS,
                    "An index with more than three columns.",
                    "Queries rarely use a fourth column, while every write pays for it, and an UPDATE of any of the columns can no longer leave the indexes alone.",
                    "Keep the columns that tell rows apart best; put columns that are only read into INCLUDE.")
            .offByDefault();

    @Override
    public RuleInfo info() {
        return INFO;
    }

    private static final int MANY = 3;

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.CreateIndex index
                        && index.columns().size() > MANY
                        && !index.unique()
                ? List.of(finding(facts, index))
                : List.of();
    }

    private static Finding finding(StatementFacts facts, Statement.CreateIndex index) {
        return Finding.at(
                        facts,
                        INFO,
                        "This index of " + index.table() + " has "
                                + index.columns().size()
                                + " columns: every write pays for each, and queries rarely use more than " + MANY + ".")
                .on(index.table())
                .help("Keep the columns that tell rows apart best.");
    }
}
