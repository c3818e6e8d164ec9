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

/// SQL that exists only once it runs.
@AutoService(Rule.class)
public final class UnreadableCode implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "unreadable-code",
            79,
            Severity.WARNING,
            Scope.EVERYTHING,
            "A DO block, or a call of a function that the release made, that builds SQL at run time or is in another language.",
            "Nobody who reads the migration, no person and no check, can tell what it locks, rewrites or loses.",
            "Write the statements out; what must be computed, compute before, and rehearse it.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.consequences().unreadable()
                ? List.of(
                        Finding.at(
                                        facts,
                                        INFO,
                                        "This builds SQL at run time, or is in a language that cannot be read"
                                                + " here: what it locks and loses is not known.")
                                .help(
                                        "Write the statements out where that is possible; if not, godwit rehearse shows what they do."))
                : List.of();
    }
}
