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
import dev.godwit.statement.AlterAction;
import java.util.List;
import java.util.Optional;

/// A table that nobody cleans any more.
@AutoService(Rule.class)
public final class AutovacuumDisabled implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "autovacuum-disabled",
            75,
            Severity.WARNING,
            Scope.EXISTING_RELATIONS,
            "SET (autovacuum_enabled = false) on a table that is in use.",
            "Dead rows and old statistics pile up until every query on the table is slow, long after the migration.",
            "Let autovacuum come later or more often instead: autovacuum_vacuum_scale_factor, autovacuum_vacuum_cost_delay.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Actions.check(
                facts,
                AlterAction.SetOptions.class,
                (table, set, _) -> set.switchedOff().contains("autovacuum_enabled")
                        ? Optional.of(finding(facts, table))
                        : Optional.empty());
    }

    private static Finding finding(StatementFacts facts, QualifiedName table) {
        return Finding.at(facts, INFO, "Nothing vacuums or analyzes " + table + " from here on, so it slows down.")
                .on(table)
                .help("Leave autovacuum on and tune it: ALTER TABLE " + Wording.sql(table)
                        + " SET (autovacuum_vacuum_scale_factor = 0.01);");
    }
}
