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
import dev.godwit.statement.Expression;
import dev.godwit.text.Span;
import java.util.List;
import java.util.Optional;

/// A column that no existing row and no running INSERT can fill.
@AutoService(Rule.class)
public final class AddRequiredColumn implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "add-required-column",
            32,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "ADD COLUMN … NOT NULL without a DEFAULT.",
            "It fails with SQLSTATE 23502 as soon as the table has a row, and on an empty table it breaks every INSERT of the code that is running.",
            "Give it a constant DEFAULT, which costs nothing, or add it nullable, fill it, and make it NOT NULL in a later step.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Actions.check(
                facts,
                AlterAction.AddColumn.class,
                (table, add, _) ->
                        isRequired(add.column()) ? Optional.of(finding(table, add.column())) : Optional.empty());
    }

    private static boolean isRequired(ColumnDefinition column) {
        boolean fills = column.identity()
                || column.type().isSerial()
                || column.generated() != Generated.NO
                || column.defaultValue().filter(AddRequiredColumn::isValue).isPresent();
        return column.notNull() && !fills;
    }

    private static boolean isValue(Expression value) {
        return !(value instanceof Expression.Constant constant && constant.isNull());
    }

    private static Finding finding(QualifiedName table, ColumnDefinition column) {
        String message = "ADD COLUMN " + column.name() + " NOT NULL has no default: it fails if " + table
                + " has a row (SQLSTATE 23502), and INSERTs that do not know the column fail after it.";
        return Finding.at(new Span(0, 0), INFO, message)
                .on(table)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .help("Give " + Wording.sql(column.name())
                        + " a constant DEFAULT, or add it without NOT NULL, fill it in"
                        + " batches, and make it NOT NULL in a later migration.");
    }
}
