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
import java.util.Locale;
import java.util.Set;

/// Rights for every role there is and ever will be.
@AutoService(Rule.class)
public final class GrantToPublic implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "grant-to-public",
            78,
            Severity.WARNING,
            Scope.EVERYTHING,
            "GRANT … TO PUBLIC of more than EXECUTE or USAGE.",
            "Every role of the server, those for reports and other applications included, may do it from then on.",
            "Grant it to the role that needs it.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    private static final Set<String> COMMON = Set.of("execute", "usage", "connect", "temporary", "temp");

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.Grant grant
                        && grant.toPublic()
                        && !(COMMON.containsAll(grant.privileges())
                                && !grant.privileges().isEmpty())
                ? List.of(finding(facts, grant))
                : List.of();
    }

    private static Finding finding(StatementFacts facts, Statement.Grant grant) {
        String what = grant.privileges().isEmpty()
                ? "all privileges"
                : String.join(", ", grant.privileges()).toUpperCase(Locale.ROOT);
        return Finding.at(facts, INFO, "This gives " + what + " to every role there is and will be.")
                .help("Name the role that needs it instead of PUBLIC.");
    }
}
