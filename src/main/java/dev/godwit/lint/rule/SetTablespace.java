package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.StatementFacts;
import dev.godwit.fact.Work;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.lint.Wording;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.AlterAction.Kind;
import java.util.List;
import java.util.Optional;

/// A table that moves to another place on disk.
@AutoService(Rule.class)
public final class SetTablespace implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "set-tablespace",
            65,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "SET TABLESPACE of a table that is in use.",
            "It holds an ACCESS EXCLUSIVE lock while the whole table is copied to the other tablespace.",
            "Make a new table there, copy the rows in batches, and swap the two; move indexes with REINDEX … CONCURRENTLY.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Actions.check(
                facts,
                AlterAction.Simple.class,
                (table, simple, action) -> action.work() == Work.REWRITE && simple.kind() == Kind.SET_TABLESPACE
                        ? Optional.of(finding(facts, table, simple))
                        : Optional.empty());
    }

    private static Finding finding(StatementFacts facts, QualifiedName table, AlterAction.Simple simple) {
        return Finding.at(
                        facts,
                        INFO,
                        "SET TABLESPACE copies all of " + table + " under "
                                + Wording.lockOn(LockMode.ACCESS_EXCLUSIVE, table) + ".")
                .on(table)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .growingWithRows()
                .help("Make a new table in " + Wording.sql(simple.column().orElse("the tablespace"))
                        + ", copy the rows in batches, and swap the two.");
    }
}
