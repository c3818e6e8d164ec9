package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.RelationModel;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Edits;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.lint.Wording;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.Optional;

/// An index that goes while nobody may even read its table.
@AutoService(Rule.class)
public final class DropIndexNotConcurrent implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "drop-index-not-concurrent",
            2,
            Severity.WARNING,
            Scope.EXISTING_RELATIONS,
            "DROP INDEX without CONCURRENTLY on a table that is in use.",
            "It takes an ACCESS EXCLUSIVE lock on the table: it waits for every running query, and all later ones wait behind it.",
            "Use DROP INDEX CONCURRENTLY outside a transaction.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.DropObjects drop
                        && drop.kind() == ObjectKind.INDEX
                        && !drop.concurrently()
                ? drop.objects().stream()
                        .filter(index -> !ofConstraint(facts, index))
                        .map(index -> finding(facts, drop, index, context))
                        .toList()
                : List.of();
    }

    /// Of that one DROP INDEX fails, CONCURRENTLY or not.
    private static boolean ofConstraint(StatementFacts facts, QualifiedName index) {
        return facts.relation(index)
                .filter(found -> found.has(RelationModel.Trait.OF_CONSTRAINT))
                .isPresent();
    }

    private static Finding finding(
            StatementFacts facts, Statement.DropObjects drop, QualifiedName index, LintContext context) {
        Optional<QualifiedName> table = facts.relation(index).flatMap(RelationModel::table);
        String on = table.map(found -> Wording.lockOn(LockMode.ACCESS_EXCLUSIVE, found))
                .orElse("an ACCESS EXCLUSIVE lock on the table of " + index + ", which blocks reads and writes");
        return Finding.at(facts, INFO, "DROP INDEX takes " + on + "; it queues in front of all later queries.")
                .on(table.orElse(index))
                .under(LockMode.ACCESS_EXCLUSIVE)
                .help("Drop it with DROP INDEX CONCURRENTLY "
                        + Wording.sql(index)
                        + (context.runsOneByOne()
                                ? "."
                                : ", in a migration of its own that runs without a transaction."))
                .fix(fix(facts, drop, context));
    }

    /// CONCURRENTLY takes one index and no CASCADE.
    private static Optional<String> fix(StatementFacts facts, Statement.DropObjects drop, LintContext context) {
        boolean possible = drop.objects().size() == 1 && !drop.cascade() && context.canLeaveAlone();
        return possible ? Edits.concurrently(facts.statement()) : Optional.empty();
    }
}
