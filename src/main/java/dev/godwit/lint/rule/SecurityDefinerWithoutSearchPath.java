package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.lint.Wording;
import dev.godwit.statement.Statement;
import dev.godwit.statement.Statement.CreateFunction.Rights;
import java.util.List;

/// A function with its owner's rights whose names the caller chooses.
@AutoService(Rule.class)
public final class SecurityDefinerWithoutSearchPath implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "security-definer-without-search-path",
            78,
            Severity.WARNING,
            Scope.EVERYTHING,
            "CREATE FUNCTION or PROCEDURE … SECURITY DEFINER without SET search_path.",
            "Whoever calls it with a search_path of their own has their tables and functions used with the owner's rights.",
            "Add SET search_path = … with the schemas that it needs, pg_temp last.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.CreateFunction function
                        && function.rights() == Rights.DEFINER_ON_CALLERS_PATH
                ? List.of(Finding.at(
                                facts,
                                INFO,
                                function.name() + " runs with its owner's rights, but finds its names by the caller's"
                                        + " search_path.")
                        .help("Add SET search_path = "
                                + Wording.sql(function.name().schema()) + ", pg_temp to it."))
                : List.of();
    }
}
