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
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.Optional;

/// Queries that have no index for as long as the new one takes.
@AutoService(Rule.class)
public final class IndexReplacedWithGap implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "index-replaced-with-gap",
            9,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "DROP INDEX, and a later CREATE INDEX in the same file that takes its place.",
            "From the drop until the new index is built, queries read the whole table; in one transaction nobody can read it at all, for the ACCESS EXCLUSIVE lock of DROP INDEX is held meanwhile.",
            "Build the new index CONCURRENTLY under another name, drop the old one after it, and rename the new one.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.DropObjects drop && drop.kind() == ObjectKind.INDEX
                ? drop.objects().stream()
                        .filter(index -> !clearsTheWay(facts, drop, index))
                        .flatMap(index -> replaced(facts, index, context).stream())
                        .toList()
                : List.of();
    }

    /// What a failed attempt may have left behind goes before the next one.
    private static boolean clearsTheWay(StatementFacts facts, Statement.DropObjects drop, QualifiedName index) {
        return drop.missingOk() && facts.relation(index).isEmpty();
    }

    private static Optional<Finding> replaced(StatementFacts facts, QualifiedName index, LintContext context) {
        return facts.origin(index) == Origin.RELEASE
                ? Optional.empty()
                : context.after(facts).stream()
                        .filter(later -> later.statement().statement() instanceof Statement.CreateIndex create
                                && replaces(facts, create, index))
                        .findFirst()
                        .filter(_ -> !stillCovered(facts, index))
                        .map(later -> finding(facts, index, later));
    }

    /// By its name, or by the column that both begin with.
    private static boolean replaces(StatementFacts facts, Statement.CreateIndex create, QualifiedName index) {
        QualifiedName name =
                new QualifiedName(create.table().schema(), create.name().orElse(""));
        return name.equals(index)
                || facts.relation(index)
                        .filter(old ->
                                old.table().filter(create.table()::equals).isPresent())
                        .flatMap(IndexReplacedWithGap::leading)
                        .filter(create.columns().getFirst()::equals)
                        .isPresent();
    }

    private static Optional<String> leading(RelationModel index) {
        return index.columns().keySet().stream().findFirst().filter(column -> !column.isEmpty());
    }

    /// Another index that begins with the same column serves the queries meanwhile.
    private static boolean stillCovered(StatementFacts facts, QualifiedName index) {
        Optional<RelationModel> old = facts.relation(index);
        return old.flatMap(RelationModel::table)
                .map(table -> facts.indexesOf(table).stream()
                        .filter(other -> !other.name().equals(index) && other.has(Trait.ORDINARY))
                        .anyMatch(other -> leading(other).equals(old.flatMap(IndexReplacedWithGap::leading))))
                .orElse(false);
    }

    private static Finding finding(StatementFacts facts, QualifiedName index, StatementFacts later) {
        Statement.CreateIndex create = (Statement.CreateIndex) later.statement().statement();
        boolean together = facts.inTransaction() && later.transaction() == facts.transaction();
        String message = together
                ? "The index that replaces " + index
                        + " is built in the same transaction, so the ACCESS EXCLUSIVE lock of" + " DROP INDEX on "
                        + create.table() + " is held for the whole build: nobody can read or write."
                : "From here until the index that replaces " + index + " is built, queries read all of "
                        + create.table() + " instead.";
        return Finding.at(facts, INFO, message)
                .on(create.table())
                .under(together ? LockMode.ACCESS_EXCLUSIVE : LockMode.SHARE_UPDATE_EXCLUSIVE)
                .growingWithRows()
                .help("Build the new index first, CONCURRENTLY and under another name, then DROP INDEX CONCURRENTLY "
                        + Wording.sql(index) + ", then ALTER INDEX … RENAME TO " + Wording.sql(index.name()) + ".");
    }
}
