package dev.godwit.lint;

import dev.godwit.fact.StatementFacts;
import java.util.List;

/// A hazard that Godwit knows. To add one: a class in `lint.rule` with `@AutoService(Rule.class)`, and its case folder
/// under `src/test/resources/rules/`.
///
/// A rule overrides one of the three checks. It judges facts; whether a table was created here, how big it is, what the
/// user configured and suppressed is the [Linter]'s business.
public interface Rule {
    RuleInfo info();

    default List<Finding> check(StatementFacts facts, LintContext context) {
        return List.of();
    }

    default List<Finding> checkScript(LintContext context) {
        return List.of();
    }

    /// @param suppressions of the whole script, each with what it suppressed
    default List<Finding> checkSuppressions(List<Suppression> suppressions, LintContext context) {
        return List.of();
    }
}
