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

/// A change of many rows in one statement.
@AutoService(Rule.class)
public final class UnbatchedUpdateOrDelete implements Rule {
    private static final String ADD_DIRECTIVE =
            "Put this line above it, so that it runs in batches: -- godwit:backfill batch=10000";

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
        return switch (facts.statement().statement()) {
            case Statement.UpdateRows update ->
                new Change("UPDATE", update.table(), update.where(), update.plain())
                        .judge(facts).stream().toList();
            case Statement.DeleteRows delete ->
                new Change("DELETE", delete.table(), delete.where(), delete.plain())
                        .judge(facts).stream().toList();
            default -> List.of();
        };
    }

    /// What UPDATE and DELETE have in common.
    private record Change(String verb, QualifiedName table, Optional<Expression> where, boolean plain) {
        Optional<Finding> judge(StatementFacts facts) {
            if (TransactionScope.isBackfill(facts.statement())) {
                return brokenBackfill(facts);
            }
            return Keys.pinned(facts, table, where)
                    ? Optional.empty()
                    : Optional.of(unbatched(facts, Keys.narrowed(where)));
        }

        private Finding unbatched(StatementFacts facts, boolean narrowed) {
            String rows = where.isEmpty() ? "every row of " + table : "every row of " + table + " that its WHERE finds";
            String message =
                    verb + " changes " + rows + " in one transaction: other writers of these rows wait until it ends.";
            return Finding.at(facts, INFO, message)
                    .on(table)
                    .under(LockMode.ROW_EXCLUSIVE)
                    .as(narrowed ? Severity.WARNING : Severity.ERROR)
                    .growingWithRows()
                    .help(plain ? ADD_DIRECTIVE : "Rewrite it as a plain " + verb + " of one table. " + ADD_DIRECTIVE);
        }

        /// The runner refuses both.
        private Optional<Finding> brokenBackfill(StatementFacts facts) {
            if (!plain) {
                return Optional.of(Finding.at(
                                facts,
                                INFO,
                                "This cannot be cut into batches: a backfill is a plain " + verb
                                        + " of one table, without WITH, FROM, USING, RETURNING or a sub-query.")
                        .on(table)
                        .help("Rewrite it, or remove the directive godwit:backfill."));
            }
            return facts.inTransaction()
                    ? Optional.of(Finding.at(
                                    facts, INFO, "This backfill stands in a transaction, so its batches would be one.")
                            .on(table)
                            .help("Move it to a migration of its own that runs without a transaction."))
                    : Optional.empty();
        }
    }
}
