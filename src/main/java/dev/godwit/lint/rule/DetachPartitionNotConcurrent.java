package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.RelationModel.Trait;
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
import dev.godwit.statement.AlterAction;
import java.util.List;
import java.util.Optional;

/// A partition that goes while nobody may use its parent.
@AutoService(Rule.class)
public final class DetachPartitionNotConcurrent implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "detach-partition-not-concurrent",
            63,
            Severity.WARNING,
            Scope.EXISTING_RELATIONS,
            "DETACH PARTITION without CONCURRENTLY, from PostgreSQL 14 on.",
            "It takes an ACCESS EXCLUSIVE lock on the partitioned table, so it queues in front of all queries on all its partitions.",
            "Use DETACH PARTITION … CONCURRENTLY outside a transaction; it needs a table without a DEFAULT partition and leaves a CHECK of the old bound on the partition.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    private static final int CONCURRENTLY_SINCE = 14;

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return context.version().atLeast(CONCURRENTLY_SINCE)
                ? Actions.check(
                        facts,
                        AlterAction.DetachPartition.class,
                        (table, detach, _) -> detach.concurrently() || hasDefault(facts)
                                ? Optional.empty()
                                : Optional.of(finding(facts, table, detach)))
                : List.of();
    }

    /// Then CONCURRENTLY is refused.
    private static boolean hasDefault(StatementFacts facts) {
        return facts.relations().values().stream().anyMatch(relation -> relation.has(Trait.DEFAULT_PARTITION));
    }

    private static Finding finding(StatementFacts facts, QualifiedName table, AlterAction.DetachPartition detach) {
        return Finding.at(
                        facts,
                        INFO,
                        "DETACH PARTITION " + detach.partition() + " takes "
                                + Wording.lockOn(LockMode.ACCESS_EXCLUSIVE, table)
                                + " of all its partitions; it queues in front of all later queries.")
                .on(table)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .help(
                        "Use DETACH PARTITION … CONCURRENTLY, in a migration of its own that runs without a transaction; it"
                                + " leaves a CHECK of the old bound on the partition.");
    }
}
