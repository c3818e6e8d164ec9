package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import java.util.List;

/// A unique index that is built behind the strongest lock there is.
@AutoService(Rule.class)
public final class UniqueConstraintNotUsingIndex implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "unique-constraint-not-using-index",
            14,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "ADD CONSTRAINT … UNIQUE, or ADD COLUMN … UNIQUE, without USING INDEX.",
            "It holds an ACCESS EXCLUSIVE lock until the unique index is built, so every query waits for the whole build.",
            "Use CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … UNIQUE USING INDEX, which takes an instant.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return new KeyIndexes(INFO, false, facts, context).check();
    }
}
