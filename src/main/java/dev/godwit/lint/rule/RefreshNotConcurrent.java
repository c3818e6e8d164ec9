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
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.Statement;
import java.util.List;

/// A materialized view that nobody can read while it is computed.
@AutoService(Rule.class)
public final class RefreshNotConcurrent implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "refresh-not-concurrent",
            67,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "REFRESH MATERIALIZED VIEW without CONCURRENTLY.",
            "It holds an ACCESS EXCLUSIVE lock on the view until its query has run and its indexes are built, so every reader waits for that.",
            "Give the view a unique index of plain columns, then use REFRESH MATERIALIZED VIEW CONCURRENTLY.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.RefreshView refresh && !refresh.concurrently()
                ? List.of(finding(facts, refresh.view()))
                : List.of();
    }

    private static Finding finding(StatementFacts facts, QualifiedName view) {
        return Finding.at(
                        facts,
                        INFO,
                        "REFRESH MATERIALIZED VIEW computes all of " + view + " anew under "
                                + Wording.lockOn(LockMode.ACCESS_EXCLUSIVE, view) + ".")
                .on(view)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .growingWithRows()
                .help("Use REFRESH MATERIALIZED VIEW CONCURRENTLY " + Wording.sql(view)
                        + "; it needs a unique index of plain columns on the view.");
    }
}
