package dev.godwit.execute;

import dev.godwit.plan.Step;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.statement.Expression;
import dev.godwit.statement.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a backfill changes, and along which key it walks.
///
/// @param limitsItself a changed row does not match any more, so that a count proves the end
/// @param deletes it removes rows
record BackfillTarget(QualifiedName table, BatchText text, BackfillKey key, boolean limitsItself, boolean deletes) {
    static BackfillTarget of(StepScope scope, Step.Backfill step) {
        BatchText text = BatchText.of(step.statement().sql());
        return switch (step.statement().statement()) {
            case Statement.UpdateRows update -> {
                BackfillKey key = key(scope, step, update.table());
                requireFixed(scope, step, update, key);
                yield new BackfillTarget(update.table(), text, key, limitsItself(update), false);
            }
            case Statement.DeleteRows delete ->
                new BackfillTarget(delete.table(), text, key(scope, step, delete.table()), true, true);
            case Statement _ -> throw unusable(scope, step, "a backfill is an UPDATE or a DELETE");
        };
    }

    private static BackfillKey key(StepScope scope, Step.Backfill step, QualifiedName table) {
        Optional<String> wanted = step.spec().key();
        Optional<BackfillKey> key = wanted.isPresent()
                ? BackfillKey.named(scope.session(), table, columns(wanted.get()))
                : BackfillKey.find(scope.session(), table);
        return key.orElseThrow(() -> unusable(
                scope,
                step,
                wanted.map(columns -> "no B-tree index of " + table + " begins with " + columns
                                + ", or the column may be NULL")
                        .orElse("table " + table + " has no primary key and no other unique key without NULL")));
    }

    private static List<String> columns(String wanted) {
        return Arrays.stream(wanted.split(",", -1)).map(String::strip).toList();
    }

    /// A row whose key changes could move in front of the cursor and be met again.
    private static void requireFixed(
            StepScope scope, Step.Backfill step, Statement.UpdateRows update, BackfillKey key) {
        if (update.columns().stream().anyMatch(key.columns()::contains)) {
            throw unusable(scope, step, "a backfill cannot change the key that it walks along");
        }
    }

    private static GodwitException unusable(StepScope scope, Step.Backfill step, String why) {
        return Problem.usage(why)
                .at(scope.work().place(step.statement()))
                .leaving("step " + (scope.index() + 1) + " was not begun, the steps before it are done")
                .remedy("name the columns of an index: -- godwit:backfill key=COLUMN; or take the directive away")
                .raise();
    }

    private static boolean limitsItself(Statement.UpdateRows update) {
        return update.where().stream()
                .flatMap(Expression::conjuncts)
                .anyMatch(
                        term -> term instanceof Expression.NullTest(Expression.Column(String name), boolean expectsNull)
                                && expectsNull
                                && update.columns().contains(name));
    }
}
