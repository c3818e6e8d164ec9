package dev.godwit.statement;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A value expression, as far as decisions depend on it: what it calls, which columns it reads, and the few shapes that
/// PostgreSQL itself reasons about (`c IS NOT NULL`, `c = constant`, AND).
public sealed interface Expression {
    /// @param name the column, without table or alias
    record Column(String name) implements Expression {}

    /// @param text of a string or a number
    record Constant(boolean isNull, Optional<String> text) implements Expression {
        public Constant {
            requireNonNull(text);
        }
    }

    /// `$1`; its value is unknown but it is no column.
    record Parameter() implements Expression {}

    /// @param schema empty when the call names none
    record Call(String schema, String function, List<Expression> arguments) implements Expression {
        public Call {
            requireNonNull(schema);
            requireNonNull(function);
            arguments = List.copyOf(arguments);
        }
    }

    record Cast(Expression operand, TypeName type) implements Expression {}

    record NullTest(Expression operand, boolean expectsNull) implements Expression {}

    record And(List<Expression> operands) implements Expression {
        public And {
            operands = List.copyOf(operands);
        }
    }

    /// @param operator `=`, `>`, `IN`, `BETWEEN`, …
    record Operation(String operator, List<Expression> operands) implements Expression {
        public Operation {
            requireNonNull(operator);
            operands = List.copyOf(operands);
        }
    }

    record Subquery() implements Expression {}

    /// Every other shape (CASE, COALESCE, OR, arrays, CURRENT_TIMESTAMP, …): only its parts matter.
    record Compound(String nodeType, List<Expression> parts) implements Expression {
        public Compound {
            requireNonNull(nodeType);
            parts = List.copyOf(parts);
        }
    }

    default List<Expression> children() {
        return switch (this) {
            case Column _, Constant _, Parameter _, Subquery _ -> List.of();
            case Call call -> call.arguments();
            case Cast cast -> List.of(cast.operand());
            case NullTest test -> List.of(test.operand());
            case And and -> and.operands();
            case Operation operation -> operation.operands();
            case Compound compound -> compound.parts();
        };
    }

    /// @return this expression and all below it
    default Stream<Expression> descendants() {
        return Stream.concat(Stream.of(this), children().stream().flatMap(Expression::descendants));
    }

    /// @return the columns that it reads, each as often as it does
    default Stream<String> columns() {
        return descendants().filter(Column.class::isInstance).map(part -> ((Column) part).name());
    }

    /// @return the terms that must all hold: those of a top-level AND, else the expression itself
    default Stream<Expression> conjuncts() {
        return this instanceof And and ? and.operands().stream().flatMap(Expression::conjuncts) : Stream.of(this);
    }
}
