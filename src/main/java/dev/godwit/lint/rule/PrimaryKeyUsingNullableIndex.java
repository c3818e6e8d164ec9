package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.ColumnModel;
import dev.godwit.fact.RelationModel;
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
import dev.godwit.statement.Constraint;
import dev.godwit.text.Span;
import java.util.List;
import java.util.Optional;

/// A primary key that is not as cheap as it looks.
@AutoService(Rule.class)
public final class PrimaryKeyUsingNullableIndex implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "primary-key-using-nullable-index",
            16,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "ADD PRIMARY KEY USING INDEX where a column of the index is not NOT NULL.",
            "PRIMARY KEY makes its columns NOT NULL, and so holds an ACCESS EXCLUSIVE lock while every row is read; it fails on the first NULL.",
            "Make the columns NOT NULL first, by a validated CHECK (… IS NOT NULL), then attach the index.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Actions.check(
                facts,
                AlterAction.AddConstraint.class,
                (table, add, action) ->
                        add.constraint() instanceof Constraint.Key key && key.primary() && action.work() == Work.SCAN
                                ? nullable(facts, table, key).map(column -> finding(table, column))
                                : Optional.empty());
    }

    /// Of a column that nothing is known of nothing is said.
    private static Optional<String> nullable(StatementFacts facts, QualifiedName table, Constraint.Key key) {
        Optional<RelationModel> owner = facts.relation(table);
        return key.usingIndex().stream()
                .flatMap(index -> facts.relation(new QualifiedName(table.schema(), index)).stream())
                .flatMap(index -> index.columns().keySet().stream())
                .filter(column -> owner.flatMap(found -> found.column(column))
                        .flatMap(ColumnModel::type)
                        .isPresent())
                .filter(column ->
                        owner.filter(found -> !found.holdsNoNull(column)).isPresent())
                .findFirst();
    }

    private static Finding finding(QualifiedName table, String column) {
        String name = Wording.sql(table.name() + "_" + column + "_not_null");
        String alter = "ALTER TABLE " + Wording.sql(table);
        return Finding.at(
                        new Span(0, 0),
                        INFO,
                        "PRIMARY KEY makes " + column + " NOT NULL, and for that reads every row of " + table
                                + " under " + Wording.lockOn(LockMode.ACCESS_EXCLUSIVE, table) + ".")
                .on(table)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .growingWithRows()
                .help("Before it, each in a transaction of its own: " + alter + " ADD CONSTRAINT " + name + " CHECK ("
                        + Wording.sql(column) + " IS NOT NULL) NOT VALID; " + alter + " VALIDATE CONSTRAINT " + name
                        + "; "
                        + alter + " ALTER COLUMN " + Wording.sql(column) + " SET NOT NULL;");
    }
}
