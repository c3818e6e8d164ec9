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
import dev.godwit.statement.ColumnDefinition;
import dev.godwit.statement.ColumnDefinition.Generated;
import dev.godwit.text.Span;
import java.util.List;
import java.util.Optional;

/// A new column whose value is computed and stored for every row.
@AutoService(Rule.class)
public final class AddColumnGeneratedStored implements Rule {
    private static final int VIRTUAL_SINCE = 18;

    private static final RuleInfo INFO = new RuleInfo(
            "add-column-generated-stored",
            30,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "ADD COLUMN … GENERATED ALWAYS AS (…) STORED.",
            "It holds an ACCESS EXCLUSIVE lock while the table and its indexes are written anew.",
            "Add a plain column, fill it by a trigger and the old rows in batches; from PostgreSQL 18 on, VIRTUAL stores nothing.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Actions.check(
                facts,
                AlterAction.AddColumn.class,
                (table, add, _) -> add.column().generated() == Generated.STORED
                        ? Optional.of(finding(table, add.column(), context))
                        : Optional.empty());
    }

    private static Finding finding(QualifiedName table, ColumnDefinition column, LintContext context) {
        String message = "ADD COLUMN " + column.name() + " computes and stores its value for each row, so all of "
                + table + " is written anew under " + Wording.lockOn(LockMode.ACCESS_EXCLUSIVE, table) + ".";
        String virtual =
                context.version().atLeast(VIRTUAL_SINCE) ? "Make it VIRTUAL, which stores nothing, or add" : "Add";
        return Finding.at(new Span(0, 0), INFO, message)
                .on(table)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .growingWithRows()
                .help(virtual + " a plain column, fill it by a trigger, and the old rows in batches.");
    }
}
