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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// NOT NULL that the server must prove row by row behind the strongest lock there is.
@AutoService(Rule.class)
public final class SetNotNullScans implements Rule {
    private static final int NATIVE_NOT_VALID = 18;

    private static final RuleInfo INFO = new RuleInfo(
            "set-not-null-scans",
            26,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "SET NOT NULL on a column that no validated CHECK (… IS NOT NULL) covers.",
            "It holds an ACCESS EXCLUSIVE lock while every row is read, and fails on the first NULL.",
            "Add CHECK (… IS NOT NULL) NOT VALID, validate it in a later transaction, then SET NOT NULL, which takes an instant.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        List<Finding> found = new ArrayList<>(Actions.check(
                facts,
                AlterAction.SetNotNull.class,
                (table, set, action) -> action.work().grows()
                        ? Optional.of(finding(table, "SET NOT NULL", set.column(), context))
                        : Optional.empty()));
        found.addAll(Actions.check(
                facts,
                AlterAction.AddConstraint.class,
                (table, add, action) -> add.constraint() instanceof Constraint.NotNull notNull
                                && action.work().grows()
                        ? Optional.of(finding(table, "ADD NOT NULL", notNull.column(), context))
                        : Optional.empty()));
        return found;
    }

    private static Finding finding(QualifiedName table, String what, String column, LintContext context) {
        String message = what + " on " + column + " reads every row of " + table + " under "
                + Wording.lockOn(LockMode.ACCESS_EXCLUSIVE, table) + ", and fails if one is NULL.";
        return Finding.at(new Span(0, 0), INFO, message)
                .on(table)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .growingWithRows()
                .help(help(
                        Wording.sql(table), column, Wording.sql(table.name() + "_" + column + "_not_null"), context));
    }

    /// SET NOT NULL and DROP CONSTRAINT stay apart: in one ALTER TABLE the drop comes first, and the proof is gone.
    private static String help(String table, String column, String name, LintContext context) {
        String steps = context.version().atLeast(NATIVE_NOT_VALID) ? """
                ALTER TABLE %1$s ADD CONSTRAINT %3$s NOT NULL %2$s NOT VALID; fill the NULLs; \
                ALTER TABLE %1$s VALIDATE CONSTRAINT %3$s;""" : """
                ALTER TABLE %1$s ADD CONSTRAINT %3$s CHECK (%2$s IS NOT NULL) NOT VALID; fill the NULLs; \
                ALTER TABLE %1$s VALIDATE CONSTRAINT %3$s; \
                ALTER TABLE %1$s ALTER COLUMN %2$s SET NOT NULL; \
                ALTER TABLE %1$s DROP CONSTRAINT %3$s;""";
        return "In steps, each in a transaction of its own: " + steps.formatted(table, Wording.sql(column), name);
    }
}
