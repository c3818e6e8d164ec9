package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.ActionFacts;
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
import dev.godwit.text.Span;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A change of how values sort, which every index of the column must follow.
@AutoService(Rule.class)
public final class ColumnTypeRebuildsIndex implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "column-type-rebuilds-index",
            37,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "ALTER COLUMN … TYPE of an indexed column, to another collation or to a type that sorts otherwise, where the table itself needs no rewrite.",
            "It holds an ACCESS EXCLUSIVE lock while each index of the column is built anew.",
            "Add a new column with its indexes, built CONCURRENTLY, write both, fill the old rows in batches, switch over.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Actions.check(
                facts,
                AlterAction.AlterType.class,
                (table, change, action) -> action.work() == Work.INDEX_BUILD
                        ? Optional.of(finding(facts, table, change, action))
                        : Optional.empty());
    }

    private static Finding finding(
            StatementFacts facts, QualifiedName table, AlterAction.AlterType change, ActionFacts action) {
        String indexes = facts.indexesOf(table).stream()
                .filter(index -> index.columns().containsKey(change.column()))
                .map(index -> index.name().name())
                .collect(Collectors.joining(", "));
        return Finding.at(
                        new Span(0, 0),
                        INFO,
                        "Changing how " + change.column() + " sorts builds " + indexes + " anew under "
                                + Wording.lockOn(LockMode.ACCESS_EXCLUSIVE, table)
                                + (action.certain() ? "." : ", unless that collation is its present one."))
                .on(table)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .growingWithRows()
                .help(
                        "Add a new column that sorts as you wish, build its indexes CONCURRENTLY, write both columns, fill the"
                                + " old rows in batches, switch over, then drop " + Wording.sql(change.column()) + ".");
    }
}
