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
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.Statement;
import java.util.List;

/// A table that is locked by hand.
@AutoService(Rule.class)
public final class LockTable implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "lock-table",
            75,
            Severity.WARNING,
            Scope.EXISTING_RELATIONS,
            "LOCK TABLE in a mode that blocks writers or readers, on a table that is in use.",
            "The lock lasts until the transaction ends, whatever else it does.",
            "Leave it out: each statement takes the lock that it needs; lock rows with SELECT … FOR UPDATE.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.LockTable lock
                        && lock.mode().blocks().compareTo(LockMode.Blocks.WRITES) >= 0
                ? lock.tables().stream()
                        .map(table -> finding(facts, table, lock.mode()))
                        .toList()
                : List.of();
    }

    private static Finding finding(StatementFacts facts, QualifiedName table, LockMode mode) {
        return Finding.at(
                        facts, INFO, "LOCK TABLE takes " + Wording.lockOn(mode, table) + " until the transaction ends.")
                .on(table)
                .under(mode)
                .help("Leave it out: each statement takes the lock that it needs.");
    }
}
