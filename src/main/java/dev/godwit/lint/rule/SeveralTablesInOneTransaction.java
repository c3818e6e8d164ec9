package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.EarlierLocks.Held;
import dev.godwit.fact.RelationLock;
import dev.godwit.fact.RelationModel;
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
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import java.util.List;

/// One table is locked while the transaction waits for the lock on another.
@AutoService(Rule.class)
public final class SeveralTablesInOneTransaction implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "several-tables-in-one-transaction",
            72,
            Severity.WARNING,
            Scope.EXISTING_RELATIONS,
            "A strong lock on a second table that is in use, in a transaction that holds an ACCESS EXCLUSIVE lock on a first one.",
            "While it waits for the second table, every query on the first waits behind its ACCESS EXCLUSIVE lock, and against code that uses both in the other order it deadlocks.",
            "One table a transaction: put the second into a migration of its own.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.earlier().exclusive().stream()
                .filter(held -> !facts.refusedInTransaction() && !works(facts))
                .flatMap(held -> facts.locks().stream()
                        .filter(lock -> isAnother(facts, lock, held))
                        .limit(1)
                        .map(lock -> finding(facts, held, lock, context)))
                .toList();
    }

    /// Work is worse than waiting, and other rules speak of it.
    private static boolean works(StatementFacts facts) {
        return RowChanges.of(facts).isPresent()
                || facts.scans().stream().anyMatch(table -> RowChanges.isExisting(facts, table));
    }

    private static boolean isAnother(StatementFacts facts, RelationLock lock, Held held) {
        QualifiedName table = lock.relation();
        boolean strong = lock.mode().blocks().compareTo(LockMode.Blocks.WRITES) >= 0;
        return strong
                && facts.earlier().added().contains(table)
                && RowChanges.isExisting(facts, table)
                && isTable(facts, table)
                && !facts.relation(table)
                        .map(relation -> relation.parents().contains(held.relation()))
                        .orElse(false);
    }

    /// Of what nothing is known, the statement's own word counts.
    private static boolean isTable(StatementFacts facts, QualifiedName name) {
        ObjectKind said = switch (facts.statement().statement()) {
            case Statement.AlterTable alter -> alter.kind();
            case Statement.DropObjects drop -> drop.kind().isMember() ? ObjectKind.TABLE : drop.kind();
            case Statement.Rename rename -> rename.kind().isMember() ? ObjectKind.TABLE : rename.kind();
            case Statement.SetSchema move -> move.kind();
            default -> ObjectKind.TABLE;
        };
        return facts.relation(name).map(RelationModel::kind).orElse(said) == ObjectKind.TABLE;
    }

    private static Finding finding(StatementFacts facts, Held held, RelationLock lock, LintContext context) {
        return Finding.at(
                        facts,
                        INFO,
                        "This waits for " + Wording.lockOn(lock.mode(), lock.relation())
                                + ", while the transaction holds, " + HeldWords.since(held, context) + ".")
                .on(lock.relation())
                .under(lock.mode())
                .help("Put what concerns " + lock.relation() + " into a migration of its own.");
    }
}
