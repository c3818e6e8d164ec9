package dev.godwit.source.framework;

import java.util.Optional;

/// What the operations of a migration say about the way back. Those on models know it; SQL and Python must be told.
final class DjangoOperations {
    private DjangoOperations() {}

    /// @param operations a list that the reader does not understand counts as reversible: Django would say otherwise
    static boolean reversible(Optional<PythonValue> operations) {
        return operations.stream()
                .filter(PythonValue.Items.class::isInstance)
                .flatMap(value -> ((PythonValue.Items) value).values().stream())
                .allMatch(DjangoOperations::reversible);
    }

    private static boolean reversible(PythonValue operation) {
        if (!(operation instanceof PythonValue.Call call)) {
            return true;
        }
        return switch (call.simpleName()) {
            case "RunSQL" -> given(call.argument(1, "reverse_sql"));
            case "RunPython" -> given(call.argument(1, "reverse_code"));
            case "SeparateDatabaseAndState" -> reversible(call.argument(0, "database_operations"));
            default -> true;
        };
    }

    private static boolean given(Optional<PythonValue> reverse) {
        return reverse.filter(value -> !value.isName("None")).isPresent();
    }
}
