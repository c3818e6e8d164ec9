package dev.godwit.dsl;

import dev.godwit.source.framework.PhpNowdoc;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Columns in the words of Laravel's Blueprint. Source: Laravel 8.83, whose words later releases kept but for a
/// time's precision.
final class LaravelColumns {
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("smallint", "smallInteger"),
            Map.entry("integer", "integer"),
            Map.entry("bigint", "bigInteger"),
            Map.entry("boolean", "boolean"),
            Map.entry("text", "text"),
            Map.entry("date", "date"),
            Map.entry("double precision", "double"),
            Map.entry("bytea", "binary"),
            Map.entry("uuid", "uuid"),
            Map.entry("inet", "ipAddress"),
            Map.entry("macaddr", "macAddress"),
            Map.entry("json", "json"),
            Map.entry("jsonb", "jsonb"));

    private static final Map<String, String> TIMES = Map.of(
            "timestamp without time zone", "timestamp",
            "timestamp with time zone", "timestampTz",
            "time without time zone", "time",
            "time with time zone", "timeTz");

    private static final Map<String, String> KEYS =
            Map.of("smallserial", "smallIncrements", "serial", "increments", "bigserial", "bigIncrements");

    private LaravelColumns() {}

    /// @return a primary key that counts by itself; empty for every other column
    static Optional<String> counting(NewColumn column) {
        return Optional.ofNullable(KEYS.get(column.type().name()))
                .filter(_ -> isPlain(column.type()) && column.defaultValue().isEmpty())
                .map(word -> word.equals("bigIncrements") && column.name().equals("id")
                        ? "$table->id();"
                        : "$table->" + word + "(" + Php.text(column.name()) + ");");
    }

    private static boolean isPlain(ColumnType type) {
        return type.arguments().isEmpty() && type.dimensions() == 0;
    }

    /// @param key whether it is the primary key, written beside the column
    /// @return the whole line; empty when Laravel has no word for it
    static Optional<String> line(NewColumn column, boolean key) {
        String expressions =
                column.defaultValue().orElse("") + column.generated().orElse("");
        if (column.type().dimensions() > 0
                || !LaravelNames.isSafe(column.name())
                || PhpNowdoc.hasParameter(expressions)) {
            return Optional.empty();
        }
        return call(column).map(call -> call + modifiers(column) + (key ? "->primary()" : "") + ";");
    }

    private static Optional<String> call(NewColumn column) {
        List<String> arguments = column.type().arguments();
        String name = column.type().name();
        String quoted = Php.text(column.name());
        if (TIMES.containsKey(name)) {
            return Optional.of(
                    arguments.isEmpty()
                            ? "$table->addColumn('" + TIMES.get(name) + "', " + quoted + ")"
                            : "$table->" + TIMES.get(name) + "(" + quoted + ", " + arguments.getFirst() + ")");
        }
        if (name.equals("numeric") && !arguments.isEmpty()) {
            String places = arguments.size() > 1 ? arguments.get(1) : "0";
            return Optional.of("$table->decimal(" + quoted + ", " + arguments.getFirst() + ", " + places + ")");
        }
        if (name.equals("character varying") && !arguments.isEmpty()) {
            return Optional.of("$table->string(" + quoted + ", " + arguments.getFirst() + ")");
        }
        if (name.equals("character")) {
            String length = arguments.isEmpty() ? "1" : arguments.getFirst();
            return Optional.of("$table->char(" + quoted + ", " + length + ")");
        }
        return Optional.ofNullable(WORDS.get(name))
                .filter(_ -> arguments.isEmpty())
                .map(word -> "$table->" + word + "(" + quoted + ")");
    }

    private static String modifiers(NewColumn column) {
        String identity = switch (column.identity()) {
            case NO -> "";
            case BY_DEFAULT -> "->generatedAs()";
            case ALWAYS -> "->generatedAs()->always()";
        };
        return identity
                + (column.notNull() ? "" : "->nullable()")
                + column.defaultValue()
                        .filter(text -> !text.equalsIgnoreCase("null"))
                        .map(text -> "->default(" + value(column.type(), text) + ")")
                        .orElse("")
                + column.generated()
                        .map(text -> "->storedAs(" + Php.text(text) + ")")
                        .orElse("");
    }

    /// Laravel puts a value in quotes as it is, and doubles none in it.
    private static String value(ColumnType type, String text) {
        Optional<String> plain = TypeSql.plainText(text).filter(value -> value.indexOf('\'') < 0);
        if (plain.isPresent()) {
            return Php.text(plain.get());
        }
        boolean flag = type.name().equals("boolean") && text.matches("(?i)true|false");
        boolean number = type.isInteger() && text.matches("-?(?:0|[1-9][0-9]{0,8})");
        return flag || number ? text.toLowerCase(Locale.ROOT) : "DB::raw(" + Php.text(text) + ")";
    }
}
