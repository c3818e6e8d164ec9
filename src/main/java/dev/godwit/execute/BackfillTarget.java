package dev.godwit.execute;

import dev.godwit.db.Session;
import dev.godwit.plan.Step;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.statement.Expression;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a backfill changes, and in which order it goes through the table.
///
/// @param table whose rows it goes through
/// @param changed the table that it changes, another one where it inserts
/// @param limitsItself a changed row does not match any more, so that a count proves the end
/// @param deletes it removes rows
record BackfillTarget(
        QualifiedName table,
        QualifiedName changed,
        BatchText text,
        BackfillPath path,
        boolean limitsItself,
        boolean deletes) {
    private static final Pattern COLUMN = Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")+)\"|([^,\"]+?))\\s*(?:,|$)");
    private static final String BLOCKS = "ctid";
    private static final Pattern CHILD = Pattern.compile(" {2}(?: {6})*->");
    private static final Pattern PASSES_ON = Pattern.compile("Subquery Scan|ProjectSet");
    private static final Pattern OVER_ROWS = Pattern.compile("Aggregate|WindowAgg|Group|Unique");

    static BackfillTarget of(StepScope scope, Step.Backfill step) {
        BatchText text = BatchText.of(step.statement().sql());
        return switch (step.statement().statement()) {
            case Statement.UpdateRows update -> {
                boolean limited = limitsItself(update);
                BackfillPath path = path(scope, step, update.table(), update.columns());
                requireFixed(scope, step, update, path, limited);
                yield new BackfillTarget(
                        update.table(), update.table(), text, gently(path, text, limited), limited, false);
            }
            case Statement.DeleteRows delete ->
                new BackfillTarget(
                        delete.table(), delete.table(), text, path(scope, step, delete.table(), List.of()), true, true);
            case Statement.InsertRows insert -> inserting(scope, step, insert, text);
            case Statement _ -> throw unusable(scope, step, "a backfill is an UPDATE, a DELETE or an INSERT … SELECT");
        };
    }

    private static BackfillTarget inserting(
            StepScope scope, Step.Backfill step, Statement.InsertRows insert, BatchText text) {
        Statement.RowsOf rows =
                insert.rowsOf().orElseThrow(() -> unusable(scope, step, "its rows do not come of one table each"));
        requireRowByRow(scope, step);
        return new BackfillTarget(
                rows.table(),
                insert.table(),
                text,
                path(scope, step, rows.table(), List.of()),
                rows.missingOnly(),
                false);
    }

    /// Only an UPDATE leaves versions whose room a later round can use.
    private static BackfillPath gently(BackfillPath path, BatchText text, boolean limited) {
        return path instanceof BackfillKey key
                ? BackfillRounds.along(key, text.correlation(), limited)
                        .<BackfillPath>map(rounds -> rounds)
                        .orElse(key)
                : path;
    }

    /// The text alone does not tell whether a function is an aggregate; the plan does.
    private static void requireRowByRow(StepScope scope, Step.Backfill step) {
        Session session = scope.session();
        List<String> plan = session.inTransaction(() -> {
            scope.enterRole();
            List<String> lines =
                    session.query("EXPLAIN (COSTS OFF) " + step.statement().sql(), row -> row.text("QUERY PLAN"));
            scope.leaveRole();
            return lines;
        });
        // below INSERT, down what passes its rows on; a sub-query's plan is indented otherwise
        boolean overRows = plan.stream()
                .skip(1)
                .filter(line -> CHILD.matcher(line).lookingAt()
                        && !PASSES_ON.matcher(line).find())
                .findFirst()
                .filter(line -> OVER_ROWS.matcher(line).find())
                .isPresent();
        if (overRows) {
            throw unusable(scope, step, "an aggregate or a window function would see one batch at a time");
        }
    }

    private static BackfillPath path(StepScope scope, Step.Backfill step, QualifiedName table, List<String> changed) {
        Session session = scope.session();
        Optional<String> wanted = step.spec().key();
        boolean blocks = wanted.filter(BLOCKS::equals).isPresent();
        Optional<BackfillKey> key = wanted.isPresent()
                ? BackfillKey.named(session, table, columns(wanted.get()))
                : BackfillKey.find(session, table, changed);
        if (key.isPresent() && !blocks) {
            return key.get();
        }
        if (wanted.isPresent() && !blocks) {
            throw unusable(
                    scope,
                    step,
                    "no B-tree index of " + table + " that serves as a key begins with " + wanted.get()
                            + ", or a column of it may be NULL");
        }
        return BackfillBlocks.find(session, table)
                .orElseThrow(() -> unusable(
                        scope,
                        step,
                        "table " + table
                                + " has no unique key without NULL, and no blocks of its own to go through: is it a"
                                + " foreign table or a view?"));
    }

    /// As SQL reads names: folded to lower case unless quoted.
    static List<String> columns(String wanted) {
        return COLUMN.matcher(wanted)
                .results()
                .map(found -> found.group(1) == null
                        ? found.group(2).toLowerCase(Locale.ROOT)
                        : found.group(1).replace("\"\"", "\""))
                .toList();
    }

    /// A row that moves could come to lie in front of the cursor and be met again.
    private static void requireFixed(
            StepScope scope, Step.Backfill step, Statement.UpdateRows update, BackfillPath path, boolean limited) {
        switch (path) {
            case BackfillKey key
            when update.columns().stream().anyMatch(key.columns()::contains) ->
                throw unusable(scope, step, "a backfill cannot change the key that it walks along");
            case BackfillBlocks _
            when !limited ->
                throw unusable(
                        scope,
                        step,
                        "without a unique key that stays, " + update.table() + " can only be gone through block by"
                                + " block, and there a row that still matches once it is changed is met again: add"
                                + " AND column IS NULL for a column that the SET fills");
            case BackfillKey _, BackfillRounds _, BackfillBlocks _ -> {}
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
