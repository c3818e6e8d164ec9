package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.RelationModel;
import dev.godwit.fact.RelationModel.Trait;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.statement.Statement;
import java.util.List;

/// An index that another one makes needless.
@AutoService(Rule.class)
public final class RedundantIndex implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "redundant-index",
            10,
            Severity.WARNING,
            Scope.EXISTING_RELATIONS,
            "CREATE INDEX on columns with which an existing index of the table begins.",
            "Queries gain nothing, while every write keeps both indexes up to date and both take space and cache.",
            "Leave it out, or drop the other one when the new one covers all that it is for.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        if (!(facts.statement().statement() instanceof Statement.CreateIndex index) || !isComparable(index)) {
            return List.of();
        }
        return facts.indexesOf(index.table()).stream()
                .filter(other -> other.has(Trait.ORDINARY) && !other.has(Trait.COMPUTED))
                .filter(other -> makesNeedless(other, index))
                .filter(other -> !droppedLater(facts, other, context))
                .findFirst()
                .map(other -> finding(facts, index, other))
                .stream()
                .toList();
    }

    private static boolean isComparable(Statement.CreateIndex index) {
        return index.ordinary()
                && index.predicate().isEmpty()
                && index.included().isEmpty()
                && !index.only();
    }

    private static boolean makesNeedless(RelationModel other, Statement.CreateIndex index) {
        List<String> columns = List.copyOf(other.columns().keySet());
        int length = index.columns().size();
        boolean begins = columns.size() >= length && columns.subList(0, length).equals(index.columns());
        return index.unique() ? begins && columns.size() == length && other.has(Trait.UNIQUE) : begins;
    }

    /// Then the new one takes its place.
    private static boolean droppedLater(StatementFacts facts, RelationModel other, LintContext context) {
        return context.after(facts).stream()
                .anyMatch(later -> later.drops().contains(other.name())
                        || (later.statement().statement() instanceof Statement.DropObjects drop
                                && drop.objects().contains(other.name())));
    }

    private static Finding finding(StatementFacts facts, Statement.CreateIndex index, RelationModel other) {
        return Finding.at(
                        facts,
                        INFO,
                        "The index " + other.name() + " ("
                                + String.join(", ", other.columns().keySet())
                                + ") serves the same queries: every write to " + index.table() + " will keep both.")
                .on(index.table())
                .help("Leave it out.");
    }
}
