package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
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
import dev.godwit.statement.Constraint;
import dev.godwit.statement.Statement;
import dev.godwit.text.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A foreign key that makes every DELETE of a referenced row read a whole table.
@AutoService(Rule.class)
public final class ForeignKeyWithoutIndex implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "foreign-key-without-index",
            21,
            Severity.WARNING,
            Scope.EXISTING_RELATIONS,
            "A foreign key on columns with which no index of the referencing table begins.",
            "Each DELETE and each change of a key in the referenced table reads the whole referencing table, and holds its row locks meanwhile.",
            "Build an index on the referencing columns first, CONCURRENTLY.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return ForeignKeys.check(
                facts,
                (table, key) -> isKnown(facts, table)
                                && !covered(facts, table, key)
                                && !coveredLater(facts, key, table, context)
                        ? Optional.of(finding(table, key))
                        : Optional.empty());
    }

    /// Only a catalog tells all indexes of a table.
    private static boolean isKnown(StatementFacts facts, QualifiedName table) {
        return facts.relation(table).filter(found -> found.bytes().isPresent()).isPresent();
    }

    private static boolean covered(StatementFacts facts, QualifiedName table, Constraint.ForeignKey key) {
        return facts.indexesOf(table).stream()
                .filter(index -> !index.has(Trait.COMPUTED))
                .anyMatch(index -> begins(List.copyOf(index.columns().keySet()), key));
    }

    private static boolean begins(List<String> index, Constraint.ForeignKey key) {
        int length = key.columns().size();
        return index.size() >= length && Set.copyOf(index.subList(0, length)).equals(Set.copyOf(key.columns()));
    }

    private static boolean coveredLater(
            StatementFacts facts, Constraint.ForeignKey key, QualifiedName table, LintContext context) {
        return context.after(facts).stream()
                .anyMatch(later -> later.statement().statement() instanceof Statement.CreateIndex index
                        && index.table().equals(table)
                        && index.predicate().isEmpty()
                        && begins(index.columns(), key));
    }

    private static Finding finding(QualifiedName table, Constraint.ForeignKey key) {
        String columns = key.columns().stream().map(Wording::sql).collect(Collectors.joining(", "));
        return Finding.at(
                        new Span(0, 0),
                        INFO,
                        "No index of " + table + " begins with " + columns + ": each DELETE from " + key.references()
                                + ", and each change of its key, will read all of " + table + ".")
                .on(table)
                .growingWithRows()
                .help("First, outside a transaction: CREATE INDEX CONCURRENTLY ON " + Wording.sql(table) + " ("
                        + columns + ");");
    }
}
