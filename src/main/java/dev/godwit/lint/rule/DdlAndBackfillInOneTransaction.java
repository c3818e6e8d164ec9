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
import java.util.List;
import java.util.Optional;

/// Rows are changed while the transaction still holds the lock of a schema change.
@AutoService(Rule.class)
public final class DdlAndBackfillInOneTransaction implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "ddl-and-backfill-in-one-transaction",
            69,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "UPDATE, DELETE, MERGE or INSERT … SELECT of many rows after a schema change in the same transaction.",
            "The lock of the schema change, mostly ACCESS EXCLUSIVE, lasts until the last row is changed, so every query waits that long.",
            "Commit the schema change first: the rows belong into a migration of their own, in batches.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        Optional<QualifiedName> changed = RowChanges.of(facts);
        return facts.earlier().strongest().stream()
                .flatMap(held -> changed.stream().map(table -> finding(facts, held, table, context)))
                .toList();
    }

    private static Finding finding(StatementFacts facts, Held held, QualifiedName table, LintContext context) {
        Finding finding = Finding.at(
                        facts,
                        INFO,
                        "This changes rows of " + table + " while the transaction holds, "
                                + HeldWords.since(held, context) + ", until the last row is done.")
                .on(held.relation())
                .under(held.mode())
                .help(
                        "Move it to a migration of its own after this one, with -- godwit:backfill batch=10000 above it.");
        return held.relation().equals(table) ? finding.growingWithRows() : finding;
    }
}
