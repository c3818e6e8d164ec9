package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.RelationLock;
import dev.godwit.fact.RelationModel.Trait;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Many tables that take no writes until the last of them is let go.
@AutoService(Rule.class)
public final class SeveralForeignKeysAtOnce implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "several-foreign-keys-at-once",
            22,
            Severity.WARNING,
            Scope.EXISTING_RELATIONS,
            "Foreign keys to several tables are added in one transaction, or a table with several is dropped.",
            "A SHARE ROW EXCLUSIVE lock (DROP TABLE: ACCESS EXCLUSIVE) on each of these tables is held until the transaction ends: a wait for one of them blocks all the others, and two such transactions deadlock easily.",
            "Add or drop one foreign key a transaction.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    private static final int FEW = 2;

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return switch (facts.statement().statement()) {
            case Statement.AlterTable _ -> added(facts, context).stream().toList();
            case Statement.DropObjects drop ->
                drop.kind() == ObjectKind.TABLE ? dropped(facts).stream().toList() : List.of();
            default -> List.of();
        };
    }

    private static Optional<Finding> added(StatementFacts facts, LintContext context) {
        Set<QualifiedName> own = locked(facts);
        if (own.isEmpty()) {
            return Optional.empty();
        }
        Set<QualifiedName> all = new TreeSet<>(own);
        Set<QualifiedName> before = new TreeSet<>();
        for (StatementFacts other : context.inTransactionOf(facts)) {
            if (other.statement().span().start() < facts.statement().span().start()) {
                before.addAll(locked(other));
            }
        }
        all.addAll(before);
        return all.size() > FEW && !before.containsAll(own)
                ? Optional.of(finding(
                        facts,
                        LockMode.SHARE_ROW_EXCLUSIVE,
                        all,
                        "Add each foreign key in a transaction of its own, NOT VALID, and validate it later."))
                : Optional.empty();
    }

    /// @return what the foreign keys of an ALTER TABLE lock, of tables that were there before
    private static Set<QualifiedName> locked(StatementFacts facts) {
        Set<QualifiedName> tables = new TreeSet<>(ForeignKeys.tables(facts));
        tables.removeAll(facts.createdHere());
        return tables;
    }

    private static Optional<Finding> dropped(StatementFacts facts) {
        Set<QualifiedName> others = new TreeSet<>();
        facts.locks().stream()
                .filter(lock -> lock.mode() == LockMode.ACCESS_EXCLUSIVE)
                .map(RelationLock::relation)
                .filter(table -> isOtherTable(facts, table))
                .forEach(others::add);
        return others.size() >= FEW
                ? Optional.of(finding(
                        facts,
                        LockMode.ACCESS_EXCLUSIVE,
                        others,
                        "Drop its foreign keys first, one a transaction, then the table."))
                : Optional.empty();
    }

    private static boolean isOtherTable(StatementFacts facts, QualifiedName table) {
        return !facts.drops().contains(table)
                && !facts.createdHere().contains(table)
                && facts.relation(table)
                        .map(found -> found.kind() == ObjectKind.TABLE && !found.has(Trait.PARTITION))
                        .orElse(true);
    }

    private static Finding finding(StatementFacts facts, LockMode mode, Set<QualifiedName> tables, String help) {
        String names = tables.stream().map(QualifiedName::toString).collect(Collectors.joining(", "));
        String article = mode == LockMode.ACCESS_EXCLUSIVE ? "an " : "a ";
        String blocks = mode == LockMode.ACCESS_EXCLUSIVE ? "reads and writes" : "writes";
        return Finding.at(
                        facts,
                        INFO,
                        "With this the transaction holds " + article + mode.sql() + " lock, which blocks " + blocks
                                + ", on " + tables.size() + " tables at once: " + names + ".")
                .on(tables.iterator().next())
                .under(mode)
                .help(help);
    }
}
