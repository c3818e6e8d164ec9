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

/// A whole database.
@AutoService(Rule.class)
public final class DropDatabase implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "drop-database",
            59,
            Severity.ERROR,
            Scope.EVERYTHING,
            "DROP DATABASE in a migration.",
            "Everything in it is lost, for good.",
            "Never in a migration: drop it by hand, with a backup at hand.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.ServerCommand command
                        && command.words().equals("DROP DATABASE")
                ? List.of(Finding.at(facts, INFO, "DROP DATABASE loses everything in it, for good.")
                        .help("Take it out of the migration; drop the database by hand, with a backup at hand."))
                : List.of();
    }
}
