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

/// Indexes that are built anew while nobody may use them.
@AutoService(Rule.class)
public final class ReindexNotConcurrent implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "reindex-not-concurrent",
            3,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "REINDEX without CONCURRENTLY.",
            "It holds a SHARE lock on the table, which blocks writes, and an ACCESS EXCLUSIVE lock on each index that it builds: queries wait as well, since the planner looks at every index of their table.",
            "Use REINDEX … CONCURRENTLY outside a transaction: it builds new indexes beside the old ones.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.Reindex reindex && !reindex.concurrently()
                ? List.of(finding(facts, reindex, context))
                : List.of();
    }

    private static Finding finding(StatementFacts facts, Statement.Reindex reindex, LintContext context) {
        Optional<QualifiedName> table = table(facts, reindex);
        String on = table.map(found -> Wording.lockOn(LockMode.SHARE, found))
                .orElse("a SHARE lock on " + what(reindex) + ", which blocks writes");
        Finding finding = Finding.at(
                        facts,
                        INFO,
                        "REINDEX takes " + on + ", and an ACCESS EXCLUSIVE lock on each index that it builds, for which"
                                + " queries wait as well.")
                .under(LockMode.SHARE)
                .growingWithRows()
                .help(help(context))
                .fix(
                        context.canLeaveAlone()
                                ? Edits.concurrently(facts.statement(), word(reindex.kind()))
                                : Optional.empty());
        return table.or(reindex::relation).map(finding::on).orElse(finding);
    }

    private static Optional<QualifiedName> table(StatementFacts facts, Statement.Reindex reindex) {
        return reindex.kind() == ObjectKind.INDEX
                ? reindex.relation().flatMap(facts::relation).flatMap(RelationModel::table)
                : reindex.relation();
    }

    private static String what(Statement.Reindex reindex) {
        return reindex.relation()
                .map(index -> "the table of " + index)
                .orElse("each table of the " + (reindex.kind() == ObjectKind.SCHEMA ? "schema" : "database")
                        + " in turn");
    }

    private static String word(ObjectKind kind) {
        return kind == ObjectKind.OTHER ? "DATABASE" : kind.name();
    }

    private static String help(LintContext context) {
        return context.runsOneByOne()
                ? "Use REINDEX … CONCURRENTLY."
                : "Use REINDEX … CONCURRENTLY, in a migration of its own that runs without a transaction.";
    }
}
