package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
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
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.Optional;

/// An index that is built while nobody may write.
@AutoService(Rule.class)
public final class CreateIndexNotConcurrent implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "create-index-not-concurrent",
            1,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "CREATE INDEX without CONCURRENTLY on a table that is in use.",
            "It holds a SHARE lock until the index is built, so every insert, update and delete waits for the whole build.",
            "Use CREATE INDEX CONCURRENTLY outside a transaction: it takes longer and lets writes go on.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.CreateIndex index
                        && !index.concurrently()
                        && !index.only()
                ? List.of(finding(facts, index, context))
                : List.of();
    }

    private static Finding finding(StatementFacts facts, Statement.CreateIndex index, LintContext context) {
        boolean partitioned = facts.isPartitioned(index.table());
        Finding finding = Finding.at(
                        facts,
                        INFO,
                        "CREATE INDEX takes " + Wording.lockOn(LockMode.SHARE, index.table())
                                + " until the index is built.")
                .on(index.table())
                .under(LockMode.SHARE)
                .growingWithRows();
        if (partitioned) {
            return finding.help(
                    "Create the index ON ONLY " + Wording.sql(index.table())
                            + ", build it CONCURRENTLY on each partition, then attach each with ALTER INDEX … ATTACH PARTITION.");
        }
        return finding.help(help(context))
                .fix(context.canLeaveAlone() ? Edits.concurrently(facts.statement()) : Optional.empty());
    }

    private static String help(LintContext context) {
        return context.runsOneByOne()
                ? "Build it with CREATE INDEX CONCURRENTLY."
                : "Build it with CREATE INDEX CONCURRENTLY, in a migration of its own that runs without a transaction.";
    }
}
