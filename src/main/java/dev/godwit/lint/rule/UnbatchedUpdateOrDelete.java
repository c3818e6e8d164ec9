package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.StatementFacts;
import dev.godwit.fact.TransactionScope;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.Expression;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A change of many rows in one statement.
@AutoService(Rule.class)
public final class UnbatchedUpdateOrDelete implements Rule {
    /// By convention, where no catalog says what the key is.
    private static final Set<String> KEY_NAMES = Set.of("id", "uuid", "guid");

    private static final RuleInfo INFO = new RuleInfo(
            "unbatched-update-or-delete",
            68,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "UPDATE or DELETE of many rows in one statement.",
            "Every row that it changes stays locked until the transaction ends, so other writers of these rows wait, and dead rows pile up meanwhile.",
            "Put -- godwit:backfill batch=10000 above it, so that it runs in batches, each in a transaction of its own.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        if (isBackfill(facts)) {
            return List.of();
        }
        return switch (facts.statement().statement()) {
            case Statement.UpdateRows update ->
                judge(facts, "UPDATE", update.table(), update.where(), update.plain()).stream()
                        .toList();
            case Statement.DeleteRows delete ->
                judge(facts, "DELETE", delete.table(), delete.where(), delete.plain()).stream()
                        .toList();
            default -> List.of();
        };
    }

    private static boolean isBackfill(StatementFacts facts) {
        return TransactionScope.isBackfill(facts.statement());
    }

    private static Optional<Finding> judge(
            StatementFacts facts, String verb, QualifiedName table, Optional<Expression> where, boolean plain) {
        List<Expression> terms =
                where.map(condition -> condition.conjuncts().toList()).orElse(List.of());
        if (terms.stream().anyMatch(term -> pinsKey(facts, table, term))) {
            return Optional.empty();
        }
        boolean narrowed = terms.stream().anyMatch(term -> pinned(term).isPresent());
        String rows = where.isEmpty() ? "every row of " + table : "every row of " + table + " that its WHERE finds";
        Finding finding = Finding.at(
                        facts,
                        INFO,
                        verb + " changes " + rows
                                + " in one transaction: other writers of these rows wait until it ends.")
                .on(table)
                .under(LockMode.ROW_EXCLUSIVE)
                .as(narrowed ? Severity.WARNING : Severity.ERROR)
                .growingWithRows();
        return Optional.of(finding.help(help(plain)));
    }

    private static String help(boolean plain) {
        return plain
                ? "Put this line above it, so that it runs in batches: -- godwit:backfill batch=10000"
                : "Rewrite it as a plain UPDATE or DELETE of one table, then put this line above it:"
                        + " -- godwit:backfill batch=10000";
    }

    private static boolean pinsKey(StatementFacts facts, QualifiedName table, Expression term) {
        return pinned(term).filter(column -> isKey(facts, table, column)).isPresent();
    }

    private static boolean isKey(StatementFacts facts, QualifiedName table, String column) {
        return KEY_NAMES.contains(column)
                || facts.relation(table)
                        .map(relation -> relation.isKey(Set.of(column)))
                        .orElse(false);
    }

    /// @return the column that the term holds to one value or a list of values
    private static Optional<String> pinned(Expression term) {
        return term instanceof Expression.Operation operation
                        && Set.of("=", "IN").contains(operation.operator())
                        && operation.operands().size() == 2
                        && operation.operands().getFirst() instanceof Expression.Column column
                        && isConstant(operation.operands().getLast())
                ? Optional.of(column.name())
                : Optional.empty();
    }

    private static boolean isConstant(Expression value) {
        return value.descendants()
                .noneMatch(part -> part instanceof Expression.Column || part instanceof Expression.Subquery);
    }
}
