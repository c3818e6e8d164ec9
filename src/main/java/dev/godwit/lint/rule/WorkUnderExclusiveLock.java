package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.EarlierLocks.Held;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.stream.Stream;

/// A statement that takes its time, in a transaction that has locked everybody out already.
@AutoService(Rule.class)
public final class WorkUnderExclusiveLock implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "work-under-exclusive-lock",
            70,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "A statement that reads or writes a whole table, in a transaction that holds an ACCESS EXCLUSIVE lock from a statement before it.",
            "The ACCESS EXCLUSIVE lock of the earlier statement lasts until the transaction ends, so every query on its table waits for work that would not lock it so.",
            "Commit after the statement with the strong lock: the other belongs into a migration of its own.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.earlier().exclusive().stream()
                .filter(held -> !facts.refusedInTransaction() && !locksItself(facts, held))
                .flatMap(held -> worked(facts).map(table -> finding(facts, held, table, context)))
                .toList();
    }

    /// Then it would lock the same table as strongly on its own, and another rule speaks of that.
    private static boolean locksItself(StatementFacts facts, Held held) {
        return facts.lockOn(held.relation()).filter(held.mode()::equals).isPresent();
    }

    private static Stream<QualifiedName> worked(StatementFacts facts) {
        Stream<QualifiedName> read = facts.statement().statement() instanceof Statement.CreateTableAs create
                ? create.access().reads().stream()
                : facts.scans().stream();
        return validatesItsOwn(facts)
                ? Stream.empty()
                : read.filter(table -> !facts.createdHere().contains(table))
                        .sorted()
                        .limit(1);
    }

    /// VALIDATE of what the transaction added is a hazard by itself, with a rule of its own.
    private static boolean validatesItsOwn(StatementFacts facts) {
        return facts.statement().statement() instanceof Statement.AlterTable alter
                && alter.actions().stream()
                        .anyMatch(action -> action instanceof AlterAction.ValidateConstraint validate
                                && facts.relation(alter.name())
                                        .flatMap(table -> table.constraint(validate.constraint()))
                                        .filter(constraint -> constraint.transaction() == facts.transaction())
                                        .isPresent());
    }

    private static Finding finding(StatementFacts facts, Held held, QualifiedName table, LintContext context) {
        Finding finding = Finding.at(
                        facts,
                        INFO,
                        "This reads all of " + table + " while the transaction holds, " + HeldWords.since(held, context)
                                + ".")
                .on(held.relation())
                .under(held.mode())
                .help("Move it to a migration of its own, so that the lock is gone when it begins.");
        return held.relation().equals(table) ? finding.growingWithRows() : finding;
    }
}
