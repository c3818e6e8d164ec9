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
import dev.godwit.postgres.LockMode;
import dev.godwit.statement.Statement;
import java.util.List;

/// A trigger on a table that is in use.
@AutoService(Rule.class)
public final class CreateTrigger implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
                    "create-trigger",
                    77,
                    Severity.WARNING,
                    Scope.EXISTING_RELATIONS,
                    "CREATE TRIGGER on a table that is in use.",
                    "It takes a SHARE ROW EXCLUSIVE lock, which blocks writes, for an instant once it has it, and from then on every write runs the trigger.",
                    "Set a short lock_timeout and try again; where a trigger is there already, replace its function, which locks nothing.")
            .offByDefault();

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.CreateTrigger trigger
                ? List.of(finding(facts, trigger))
                : List.of();
    }

    private static Finding finding(StatementFacts facts, Statement.CreateTrigger trigger) {
        return Finding.at(
                        facts,
                        INFO,
                        "CREATE TRIGGER " + trigger.name() + " takes "
                                + Wording.lockOn(LockMode.SHARE_ROW_EXCLUSIVE, trigger.table())
                                + ", and every write runs it from then on.")
                .on(trigger.table())
                .under(LockMode.SHARE_ROW_EXCLUSIVE)
                .help("Run it with a short lock_timeout, in a transaction of its own, and try again.");
    }
}
