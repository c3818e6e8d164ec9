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

/// A primary key whose index is built behind the strongest lock there is.
@AutoService(Rule.class)
public final class PrimaryKeyNotUsingIndex implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "primary-key-not-using-index",
            15,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "ADD PRIMARY KEY, or ADD COLUMN … PRIMARY KEY, without USING INDEX.",
            "It holds an ACCESS EXCLUSIVE lock until the unique index is built, so every query waits for the whole build.",
            "Make the columns NOT NULL, use CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … PRIMARY KEY USING INDEX.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return new KeyIndexes(INFO, true, facts, context).check();
    }
}
