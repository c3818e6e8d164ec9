package dev.godwit.dsl;

import static dev.godwit.dsl.PythonCode.call;
import static dev.godwit.dsl.PythonCode.keyword;
import static dev.godwit.dsl.PythonCode.text;
import static dev.godwit.dsl.PythonCode.word;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Columns as fields of a model. Source: `data_types` of Django's backend for PostgreSQL, 3.2 to 5.2.
final class DjangoFields {
    private static final Map<String, String> PLAIN = Map.ofEntries(
            Map.entry("bigint", "BigIntegerField"),
            Map.entry("integer", "IntegerField"),
            Map.entry("smallint", "SmallIntegerField"),
            Map.entry("text", "TextField"),
            Map.entry("boolean", "BooleanField"),
            Map.entry("date", "DateField"),
            Map.entry("timestamp with time zone", "DateTimeField"),
            Map.entry("time without time zone", "TimeField"),
            Map.entry("double precision", "FloatField"),
            Map.entry("uuid", "UUIDField"),
            Map.entry("jsonb", "JSONField"),
            Map.entry("bytea", "BinaryField"),
            Map.entry("interval", "DurationField"),
            Map.entry("inet", "GenericIPAddressField"));

    private DjangoFields() {}

    /// A name that Django takes for a field, and that needs no `db_column`.
    static boolean isName(String column) {
        return column.matches("[a-z][a-z0-9_]*")
                && !column.endsWith("_")
                && !column.contains("__")
                && !column.equals("pk")
                && !PYTHON.contains(column);
    }

    private static final List<String> PYTHON = List.of(
            ("and as assert async await break class continue def del elif else except finally for from global if"
                            + " import in is lambda nonlocal not or pass raise return try while with yield")
                    .split(" "));

    /// @return whether Django would make just this column of the field: no default, for it keeps none in the database
    static boolean isSaidByField(NewColumn column) {
        return column.defaultValue().isEmpty()
                && !column.notNull()
                && !column.type().name().equals("character");
    }

    /// @return the field for the column as the model has it; empty where Django has none for the type
    static Optional<PythonCode> of(NewColumn column) {
        boolean told = column.generated().isPresent()
                || column.identity() != NewColumn.Identity.NO
                || column.type().isSerial()
                || column.type().dimensions() > 0;
        if (told || !isName(column.name())) {
            return Optional.empty();
        }
        return type(column.type()).map(type -> {
            List<PythonCode> arguments = new ArrayList<>(type.arguments());
            column.defaultValue()
                    .flatMap(value -> value(column.type(), value))
                    .ifPresent(value -> arguments.add(keyword("default", value)));
            if (!column.notNull()) {
                arguments.add(keyword("null", true));
            }
            return call(type.function(), arguments);
        });
    }

    private static Optional<PythonCode.Call> type(ColumnType type) {
        List<String> sizes = type.arguments();
        boolean letters = type.name().equals("character varying") || type.name().equals("character");
        if (letters && sizes.size() == 1) {
            return Optional.of(field("CharField", keyword("max_length", word(sizes.getFirst()))));
        }
        if (type.name().equals("numeric") && sizes.size() == 2) {
            return Optional.of(field(
                    "DecimalField",
                    keyword("max_digits", word(sizes.getFirst())),
                    keyword("decimal_places", word(sizes.getLast()))));
        }
        return sizes.isEmpty()
                ? Optional.ofNullable(PLAIN.get(type.name())).map(DjangoFields::field)
                : Optional.empty();
    }

    private static PythonCode.Call field(String name, PythonCode... arguments) {
        return new PythonCode.Call("models." + name, List.of(arguments));
    }

    /// What Python can say of a default: a constant, or the moment.
    private static Optional<PythonCode> value(ColumnType type, String sql) {
        String lower = sql.toLowerCase(Locale.ROOT);
        if (type.name().equals("boolean") && (lower.equals("true") || lower.equals("false"))) {
            return Optional.of(word(lower.equals("true") ? "True" : "False"));
        }
        if (type.isInteger() && sql.matches("-?[0-9]{1,9}")) {
            return Optional.of(word(sql));
        }
        boolean letters = type.name().equals("text") || type.name().startsWith("character");
        if (letters && sql.matches("'[^'\\\\]*'")) {
            return Optional.of(text(sql.substring(1, sql.length() - 1)));
        }
        boolean now = lower.equals("now()") || lower.equals("current_timestamp");
        return now && type.name().equals("timestamp with time zone")
                ? Optional.of(word("django.utils.timezone.now"))
                : Optional.empty();
    }
}
