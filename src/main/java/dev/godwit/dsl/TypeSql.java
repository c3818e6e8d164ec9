package dev.godwit.dsl;

/// A type as SQL.
final class TypeSql {
    private TypeSql() {}

    /// @return `timestamp(3) with time zone`, `numeric(10, 2)`, `text[]`
    static String of(ColumnType type) {
        String arguments = type.arguments().isEmpty() ? "" : "(" + String.join(", ", type.arguments()) + ")";
        int zone = type.name().indexOf(" with");
        String named = zone < 0
                ? type.name() + arguments
                : type.name().substring(0, zone) + arguments + type.name().substring(zone);
        return named + "[]".repeat(type.dimensions());
    }

    /// A default that is a constant of text, without what only PostgreSQL reads as it is meant.
    ///
    /// @return what stands between the quotes; empty when it is anything else
    static java.util.Optional<String> plainText(String expression) {
        return expression.matches("'(?:[^'\\\\]|'')*'")
                ? java.util.Optional.of(
                        expression.substring(1, expression.length() - 1).replace("''", "'"))
                : java.util.Optional.empty();
    }
}
