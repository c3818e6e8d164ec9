package dev.godwit.lint.rule;

import dev.godwit.fact.StatementFacts;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.Expression;
import dev.godwit.statement.Statement;
import java.util.Optional;

/// Statements that change many rows, as far as their text tells.
final class RowChanges {
    private RowChanges() {}

    /// @return the table whose rows change, or that gets the rows of others; empty for a few rows, and for rows of a
    ///     table that the release made
    static Optional<QualifiedName> of(StatementFacts facts) {
        return of(facts.statement().statement(), facts);
    }

    private static Optional<QualifiedName> of(Statement statement, StatementFacts facts) {
        return switch (statement) {
            case Statement.UpdateRows update -> many(facts, update.table(), update.where());
            case Statement.DeleteRows delete -> many(facts, delete.table(), delete.where());
            case Statement.MergeRows merge -> Optional.of(merge.table()).filter(table -> isExisting(facts, table));
            case Statement.InsertRows insert ->
                insert.access().reads().stream().anyMatch(read -> isExisting(facts, read))
                        ? Optional.of(insert.table())
                        : Optional.empty();
            case Statement.CodeBlock block ->
                block.routine().statements().stream()
                        .flatMap(inner -> of(inner, facts).stream())
                        .findFirst();
            default -> Optional.empty();
        };
    }

    private static Optional<QualifiedName> many(
            StatementFacts facts, QualifiedName table, Optional<Expression> condition) {
        return isExisting(facts, table) && !Keys.pinned(facts, table, condition)
                ? Optional.of(table)
                : Optional.empty();
    }

    static boolean isExisting(StatementFacts facts, QualifiedName table) {
        return !facts.createdHere().contains(table);
    }
}
