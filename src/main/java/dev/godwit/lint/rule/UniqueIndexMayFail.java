package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.Origin;
import dev.godwit.fact.RelationModel;
import dev.godwit.fact.RelationModel.Trait;
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
import dev.godwit.statement.Constraint;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A unique index on rows that nobody has counted.
@AutoService(Rule.class)
public final class UniqueIndexMayFail implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "unique-index-may-fail",
            25,
            Severity.INFO,
            Scope.EXISTING_RELATIONS,
            "CREATE UNIQUE INDEX, ADD UNIQUE or ADD PRIMARY KEY on rows that are there already.",
            "It fails with SQLSTATE 23505 on the first duplicate, after the whole table was read; CONCURRENTLY it leaves an INVALID index behind, for which every write pays.",
            "Look for duplicates first.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        if (facts.statement().statement() instanceof Statement.CreateIndex index) {
            return index.unique() && mayHoldDuplicates(facts, index.table(), index.columns())
                    ? List.of(finding(facts, index.table(), index.columns(), index.concurrently()))
                    : List.of();
        }
        return Actions.check(
                facts,
                AlterAction.AddConstraint.class,
                (table, add, _) -> add.constraint() instanceof Constraint.Key key
                                && key.usingIndex().isEmpty()
                                && mayHoldDuplicates(facts, table, key.columns())
                        ? Optional.of(finding(facts, table, key.columns(), false))
                        : Optional.empty());
    }

    private static boolean mayHoldDuplicates(StatementFacts facts, QualifiedName table, List<String> columns) {
        Optional<RelationModel> known = facts.relation(table);
        boolean empty = known.filter(found -> found.rows().orElse(1) == 0).isPresent();
        return !empty && !provedUnique(facts, table, columns) && !allNull(known, columns);
    }

    /// What is unique in some of the columns is so in all of them.
    private static boolean provedUnique(StatementFacts facts, QualifiedName table, List<String> columns) {
        return facts.indexesOf(table).stream()
                .filter(other -> other.has(Trait.UNIQUE) && !other.has(Trait.COMPUTED))
                .anyMatch(other -> columns.containsAll(other.columns().keySet()));
    }

    /// A column that the release added without a default is NULL in every row, and NULLs are no duplicates.
    private static boolean allNull(Optional<RelationModel> table, List<String> columns) {
        return columns.stream()
                .flatMap(column -> table.flatMap(found -> found.column(column)).stream())
                .anyMatch(column ->
                        column.origin() == Origin.RELEASE && column.value().isEmpty() && !column.identity());
    }

    private static Finding finding(StatementFacts facts, QualifiedName table, List<String> keys, boolean concurrently) {
        String left = concurrently ? ", and leaves an INVALID index behind" : "";
        String columns = keys.stream().map(Wording::sql).collect(Collectors.joining(", "));
        String query = "SELECT " + columns + ", count(*) FROM " + Wording.sql(table) + " GROUP BY " + columns
                + " HAVING count(*) > 1;";
        return Finding.at(facts, INFO, "It fails on the first duplicate in " + table + " (SQLSTATE 23505)" + left + ".")
                .on(table)
                .help("Look for duplicates in production first" + (keys.contains("") ? "." : ": " + query));
    }
}
