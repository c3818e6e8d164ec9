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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A partition that is read in full before it may join.
@AutoService(Rule.class)
public final class AttachPartitionScans implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "attach-partition-scans",
            64,
            Severity.WARNING,
            Scope.EXISTING_RELATIONS,
            "ATTACH PARTITION of a table that has no validated CHECK which says what the bound says, or beside a DEFAULT partition.",
            "Every row of the table, and of the DEFAULT partition, is read under an ACCESS EXCLUSIVE lock on it; for the DEFAULT partition that stops traffic.",
            "Add a CHECK with the very bound NOT VALID, validate it, attach, drop it; on the DEFAULT partition one that excludes the bound.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Actions.check(
                facts,
                AlterAction.AttachPartition.class,
                (table, attach, _) -> scanned(facts).map(read -> finding(facts, table, read, attach)));
    }

    /// The DEFAULT partition first: it is in use for certain.
    private static Optional<QualifiedName> scanned(StatementFacts facts) {
        return facts.scans().stream()
                .filter(table -> !facts.createdHere().contains(table))
                .sorted(Comparator.comparing((QualifiedName table) -> !isDefault(facts, table))
                        .thenComparing(Comparator.naturalOrder()))
                .findFirst();
    }

    private static boolean isDefault(StatementFacts facts, QualifiedName table) {
        return facts.relation(table)
                .filter(relation -> relation.has(Trait.DEFAULT_PARTITION))
                .isPresent();
    }

    private static Finding finding(
            StatementFacts facts, QualifiedName table, QualifiedName read, AlterAction.AttachPartition attach) {
        boolean rest = !read.equals(attach.partition());
        Finding finding = Finding.at(
                        facts,
                        INFO,
                        "ATTACH PARTITION reads all of " + read + " under "
                                + Wording.lockOn(LockMode.ACCESS_EXCLUSIVE, read) + ".")
                .on(read)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .growingWithRows();
        String alter = "ALTER TABLE " + Wording.sql(read);
        return rest
                ? finding.as(Severity.ERROR)
                        .help("Before it: " + alter + " ADD CONSTRAINT … CHECK (NOT (what the bound says)) NOT VALID;"
                                + " then VALIDATE CONSTRAINT.")
                : finding.help("Before it: " + alter + " ADD CONSTRAINT … CHECK (what the bound says, and IS NOT NULL)"
                        + " NOT VALID; then VALIDATE CONSTRAINT; drop it when it is attached to " + table + ".");
    }
}
