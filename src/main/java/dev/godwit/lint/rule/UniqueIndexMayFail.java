package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.Origin;
import dev.godwit.fact.RelationModel.Trait;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.lint.Wording;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.stream.Collectors;

/// A unique index on rows that nobody has counted.
@AutoService(Rule.class)
public final class UniqueIndexMayFail implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "unique-index-may-fail",
            25,
            Severity.INFO,
            Scope.EXISTING_RELATIONS,
            "CREATE UNIQUE INDEX on rows that are there already.",
            "It fails with SQLSTATE 23505 on the first duplicate, after the whole table was read; CONCURRENTLY it leaves an INVALID index behind, for which every write pays.",
            "Look for duplicates first.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.CreateIndex index
                        && index.unique()
                        && mayHoldDuplicates(facts, index)
                ? List.of(finding(facts, index))
                : List.of();
    }

    private static boolean mayHoldDuplicates(StatementFacts facts, Statement.CreateIndex index) {
        boolean empty = facts.relation(index.table())
                .filter(table -> table.rows().orElse(1) == 0)
                .isPresent();
        return !empty && !provedUnique(facts, index) && !allNull(facts, index);
    }

    /// What is unique in some of the columns is so in all of them.
    private static boolean provedUnique(StatementFacts facts, Statement.CreateIndex index) {
        return facts.indexesOf(index.table()).stream()
                .filter(other -> other.has(Trait.UNIQUE) && !other.has(Trait.COMPUTED))
                .anyMatch(other -> index.columns().containsAll(other.columns().keySet()));
    }

    /// A column that the release added without a default is NULL in every row, and NULLs are no duplicates.
    private static boolean allNull(StatementFacts facts, Statement.CreateIndex index) {
        return index.columns().stream()
                .flatMap(column -> facts.relation(index.table()).flatMap(table -> table.column(column)).stream())
                .anyMatch(column ->
                        column.origin() == Origin.RELEASE && column.value().isEmpty() && !column.identity());
    }

    private static Finding finding(StatementFacts facts, Statement.CreateIndex index) {
        String left = index.concurrently() ? ", and leaves an INVALID index behind" : "";
        boolean plain = !index.columns().contains("");
        String columns = index.columns().stream().map(Wording::sql).collect(Collectors.joining(", "));
        String query = "SELECT " + columns + ", count(*) FROM " + Wording.sql(index.table()) + " GROUP BY " + columns
                + " HAVING count(*) > 1;";
        return Finding.at(
                        facts,
                        INFO,
                        "It fails on the first duplicate in " + index.table() + " (SQLSTATE 23505)" + left + ".")
                .on(index.table())
                .help("Look for duplicates in production first" + (plain ? ": " + query : "."));
    }
}
