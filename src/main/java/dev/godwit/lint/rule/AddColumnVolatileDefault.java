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
import dev.godwit.statement.ColumnDefinition;
import dev.godwit.statement.ColumnDefinition.Generated;
import dev.godwit.text.Span;
import java.util.List;
import java.util.Optional;

/// A new column whose value differs from row to row, so that every row is written.
@AutoService(Rule.class)
public final class AddColumnVolatileDefault implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "add-column-volatile-default",
            29,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "ADD COLUMN with a DEFAULT that calls a volatile function, such as gen_random_uuid() or clock_timestamp().",
            "It holds an ACCESS EXCLUSIVE lock while the table and its indexes are written anew.",
            "Add the column without the default, set the default in a second step, and fill the rows in batches.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Actions.check(
                facts,
                AlterAction.AddColumn.class,
                (table, add, action) -> action.work() == Work.REWRITE && byDefault(add.column())
                        ? Optional.of(finding(table, add.column()))
                        : Optional.empty());
    }

    /// Serial, identity and stored generated columns rewrite too, and are rules of their own.
    private static boolean byDefault(ColumnDefinition column) {
        return column.defaultValue().isPresent()
                && column.generated() == Generated.NO
                && !column.identity()
                && !column.type().isSerial();
    }

    private static Finding finding(QualifiedName table, ColumnDefinition column) {
        String message = "ADD COLUMN " + column.name() + " computes its default for each row, so all of " + table
                + " is written anew under " + Wording.lockOn(LockMode.ACCESS_EXCLUSIVE, table) + ".";
        String alter = "ALTER TABLE " + Wording.sql(table);
        String name = Wording.sql(column.name());
        return Finding.at(new Span(0, 0), INFO, message)
                .on(table)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .growingWithRows()
                .help(alter + " ADD COLUMN " + name + " " + column.type() + "; " + alter + " ALTER COLUMN " + name
                        + " SET DEFAULT …; then fill the existing rows in batches.");
    }
}
