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
import dev.godwit.text.Span;
import java.util.List;
import java.util.Optional;

/// A new column that numbers every row.
@AutoService(Rule.class)
public final class AddColumnSerialOrIdentity implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "add-column-serial-or-identity",
            31,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "ADD COLUMN with serial, bigserial or GENERATED … AS IDENTITY.",
            "It holds an ACCESS EXCLUSIVE lock while every row gets its number and the table and its indexes are written anew.",
            "Add a nullable bigint, a sequence and its nextval as the default, fill the old rows in batches, then make it NOT NULL.");

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
                        add.column().identity() || add.column().type().isSerial()
                                ? Optional.of(finding(table, add.column()))
                                : Optional.empty());
    }

    private static Finding finding(QualifiedName table, ColumnDefinition column) {
        String message = "ADD COLUMN " + column.name() + " numbers each row, so all of " + table
                + " is written anew under " + Wording.lockOn(LockMode.ACCESS_EXCLUSIVE, table) + ".";
        String name = Wording.sql(column.name());
        String sequence = Wording.sql(table.name() + "_" + column.name() + "_seq");
        String alter = "ALTER TABLE " + Wording.sql(table);
        return Finding.at(new Span(0, 0), INFO, message)
                .on(table)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .growingWithRows()
                .help(alter + " ADD COLUMN " + name + " bigint; CREATE SEQUENCE " + sequence + " OWNED BY "
                        + Wording.sql(table) + "." + name + "; " + alter + " ALTER COLUMN " + name
                        + " SET DEFAULT nextval('" + sequence + "'); then fill the old rows in batches.");
    }
}
