package dev.godwit.fact;

import dev.godwit.statement.Expression;
import dev.godwit.statement.Volatility;
import java.util.List;
import java.util.Optional;

/// The calls in an expression whose result may be another one tomorrow: what a CHECK must not depend on.
public final class UnsteadyCalls {
    /// CURRENT_DATE, CURRENT_USER, LOCALTIME and their kin are words of the grammar, no functions.
    private static final String WORD = "SQLValueFunction";

    private UnsteadyCalls() {}

    /// @return of the server's own functions those that are not IMMUTABLE in any variant, each once
    public static List<String> of(Expression expression) {
        return expression
                .descendants()
                .flatMap(part -> unsteady(part).stream())
                .distinct()
                .toList();
    }

    private static Optional<String> unsteady(Expression part) {
        return switch (part) {
            case Expression.Call call ->
                BuiltinFunctions.volatility(call.function())
                        .filter(volatility -> volatility != Volatility.IMMUTABLE)
                        .map(_ -> call.function() + "()");
            case Expression.Compound compound ->
                compound.nodeType().equals(WORD) ? Optional.of("the current moment or user") : Optional.empty();
            default -> Optional.empty();
        };
    }
}
