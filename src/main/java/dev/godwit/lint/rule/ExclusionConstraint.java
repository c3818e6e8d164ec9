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
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.Constraint;
import dev.godwit.text.Span;
import java.util.List;
import java.util.Optional;

/// A constraint that has no way round its lock.
@AutoService(Rule.class)
public final class ExclusionConstraint implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "exclusion-constraint",
            17,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "ADD CONSTRAINT … EXCLUDE on a table that is in use.",
            "It holds an ACCESS EXCLUSIVE lock while the index is built and every pair of rows is checked; there is neither NOT VALID nor USING INDEX for it.",
            "Make a new table that has the constraint, copy the rows in batches, keep it up to date, then swap the names.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Actions.check(
                facts,
                AlterAction.AddConstraint.class,
                (table, add, _) -> add.constraint() instanceof Constraint.Exclusion
                        ? Optional.of(finding(table))
                        : Optional.empty());
    }

    private static Finding finding(QualifiedName table) {
        return Finding.at(
                        new Span(0, 0),
                        INFO,
                        "EXCLUDE builds its index and checks all rows under "
                                + Wording.lockOn(LockMode.ACCESS_EXCLUSIVE, table)
                                + " until it is done; PostgreSQL has no way to do that aside.")
                .on(table)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .growingWithRows()
                .help(
                        "Make a new table that has the constraint, copy the rows in batches while a trigger keeps it up to"
                                + " date, then swap the names. Or run it while nobody works, with a reason:"
                                + " -- godwit:ignore exclusion-constraint …");
    }
}
