package dev.godwit.fact;

import dev.godwit.statement.Expression;
import dev.godwit.statement.Volatility;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The calls in an expression whose result may be another one tomorrow: what a CHECK must not depend on.
public final class UnsteadyCalls {
    /// CURRENT_DATE, CURRENT_USER, LOCALTIME and their kin are words of the grammar, no functions.
    private static final String WORD = "SQLValueFunction";

    /// Of the functions that are STABLE those that look at the clock, the session or the rights of somebody. The others
    /// are no more than not certain to write a value the same way under all settings, as `concat` and `to_char`.
    private static final Pattern LOOKING_AROUND = Pattern.compile("now|(statement|transaction)_timestamp|version"
            + "|(current|session|system|getpg).*|(inet|txid|has)_.*|pg_(current|has_role|backend_pid).*");

    private UnsteadyCalls() {}

    /// @return those of the server's own functions, each once
    public static List<String> of(Expression expression) {
        return expression
                .descendants()
                .flatMap(part -> unsteady(part).stream())
                .distinct()
                .toList();
    }

    private static boolean changes(String function, Volatility volatility) {
        return switch (volatility) {
            case IMMUTABLE -> false;
            case STABLE -> LOOKING_AROUND.matcher(function).matches();
            case VOLATILE -> true;
        };
    }

    private static Optional<String> unsteady(Expression part) {
        return switch (part) {
            case Expression.Call call ->
                BuiltinFunctions.volatility(call.function())
                        .filter(volatility -> changes(call.function(), volatility))
                        .map(_ -> call.function() + "()");
            case Expression.Compound compound ->
                compound.nodeType().equals(WORD) ? Optional.of("the current moment or user") : Optional.empty();
            default -> Optional.empty();
        };
    }
}
