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

/// A list of values that can only grow.
@AutoService(Rule.class)
public final class CreateEnum implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
                    "create-enum",
                    44,
                    Severity.INFO,
                    Scope.EVERYTHING,
                    "CREATE TYPE … AS ENUM.",
                    "A value of an enum can be added and renamed but never removed, and it has no columns of its own.",
                    "Use a lookup table and a foreign key.")
            .offByDefault();

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.CreateType type && type.enumeration()
                ? List.of(Finding.at(facts, INFO, "A value of the enum " + type.name() + " can never be removed.")
                        .help("Use a lookup table and a foreign key to it."))
                : List.of();
    }
}
