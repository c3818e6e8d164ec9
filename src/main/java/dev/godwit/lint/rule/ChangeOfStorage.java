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
import java.util.Set;

/// A table that is to be stored in another way.
@AutoService(Rule.class)
public final class ChangeOfStorage implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "change-of-storage",
            66,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "SET LOGGED, SET UNLOGGED or SET ACCESS METHOD of a table that is in use.",
            "It holds an ACCESS EXCLUSIVE lock while the table and its indexes are written anew; an unlogged table is empty after a crash.",
            "Make a new table of the kind wanted, copy the rows in batches, and swap the two.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    private static final Set<Kind> KINDS = Set.of(Kind.SET_LOGGED, Kind.SET_UNLOGGED, Kind.SET_ACCESS_METHOD);

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Actions.check(
                facts,
                AlterAction.Simple.class,
                (table, simple, action) -> action.work() == Work.REWRITE && KINDS.contains(simple.kind())
                        ? Optional.of(finding(facts, table, simple))
                        : Optional.empty());
    }

    private static Finding finding(StatementFacts facts, QualifiedName table, AlterAction.Simple simple) {
        String crash = simple.kind() == Kind.SET_UNLOGGED ? " After it, a crash of the server empties the table." : "";
        return Finding.at(
                        facts,
                        INFO,
                        simple.kind().name().replace('_', ' ') + " writes all of " + table + " anew under "
                                + Wording.lockOn(LockMode.ACCESS_EXCLUSIVE, table) + "." + crash)
                .on(table)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .growingWithRows()
                .help("Make a new table of that kind, copy the rows in batches, and swap the two.");
    }
}
