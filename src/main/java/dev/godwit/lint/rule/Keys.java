package dev.godwit.lint.rule;

import dev.godwit.fact.StatementFacts;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.Expression;
import java.util.Optional;
import java.util.Set;

/// Conditions that pick one row, or a handful, by their key.
final class Keys {
    /// By convention, where no catalog says what the key is.
    private static final Set<String> KEY_NAMES = Set.of("id", "uuid", "guid");

    private Keys() {}

    /// @return does one of the terms hold the table's key to one value or a list of values?
    static boolean pinned(StatementFacts facts, QualifiedName table, Optional<Expression> condition) {
        return condition.stream().flatMap(Expression::conjuncts).anyMatch(term -> pinsKey(facts, table, term));
    }

    /// @return does one of the terms hold any column so?
    static boolean narrowed(Optional<Expression> condition) {
        return condition.stream()
                .flatMap(Expression::conjuncts)
                .anyMatch(term -> pinned(term).isPresent());
    }

    private static boolean pinsKey(StatementFacts facts, QualifiedName table, Expression term) {
        return pinned(term).filter(column -> isKey(facts, table, column)).isPresent();
    }

    private static boolean isKey(StatementFacts facts, QualifiedName table, String column) {
        return KEY_NAMES.contains(column)
                || facts.relation(table)
                        .map(relation -> relation.isKey(Set.of(column)))
                        .orElse(false);
    }

    /// @return the column that the term holds to one value or a list of values
    private static Optional<String> pinned(Expression term) {
        return term instanceof Expression.Operation operation
                        && Set.of("=", "IN").contains(operation.operator())
                        && operation.operands().size() == 2
                        && operation.operands().getFirst() instanceof Expression.Column column
                        && isConstant(operation.operands().getLast())
                ? Optional.of(column.name())
                : Optional.empty();
    }

    private static boolean isConstant(Expression value) {
        return value.descendants()
                .noneMatch(part -> part instanceof Expression.Column || part instanceof Expression.Subquery);
    }
}
