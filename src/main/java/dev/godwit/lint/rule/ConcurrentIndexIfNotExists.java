package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.lint.Wording;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import java.util.List;

/// A retry that takes the ruin of the first attempt for the index.
@AutoService(Rule.class)
public final class ConcurrentIndexIfNotExists implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "concurrent-index-if-not-exists",
            5,
            Severity.WARNING,
            Scope.EXISTING_RELATIONS,
            "CREATE INDEX CONCURRENTLY IF NOT EXISTS that no DROP INDEX of that name precedes.",
            "A build that failed or was cut off leaves an INVALID index of that name; the retry finds it, does nothing and succeeds, so every write pays for an index that no query uses, and a UNIQUE one checks nothing.",
            "Drop the name first with DROP INDEX CONCURRENTLY IF EXISTS, or leave IF NOT EXISTS out.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.CreateIndex index
                        && index.concurrently()
                        && index.ifNotExists()
                        && !droppedBefore(facts, index, context)
                ? List.of(finding(facts, index))
                : List.of();
    }

    private static boolean droppedBefore(StatementFacts facts, Statement.CreateIndex index, LintContext context) {
        return context.before(facts).stream()
                .anyMatch(earlier -> earlier.statement().statement() instanceof Statement.DropObjects drop
                        && drop.kind() == ObjectKind.INDEX
                        && drop.objects().contains(name(index)));
    }

    private static QualifiedName name(Statement.CreateIndex index) {
        return new QualifiedName(index.table().schema(), index.name().orElse(""));
    }

    private static Finding finding(StatementFacts facts, Statement.CreateIndex index) {
        return Finding.at(
                        facts,
                        INFO,
                        "If an earlier attempt failed, " + name(index)
                                + " is there and INVALID: IF NOT EXISTS passes over" + " it, and " + index.table()
                                + " keeps an index that no query uses.")
                .on(index.table())
                .help("Put this before it: DROP INDEX CONCURRENTLY IF EXISTS " + Wording.sql(name(index))
                        + "; or leave IF NOT EXISTS out, so that a retry fails where it must.");
    }
}
