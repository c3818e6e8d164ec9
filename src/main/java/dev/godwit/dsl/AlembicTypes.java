package dev.godwit.dsl;

import static dev.godwit.dsl.PythonCode.call;
import static dev.godwit.dsl.PythonCode.keyword;
import static dev.godwit.dsl.PythonCode.word;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// SQLAlchemy's words for PostgreSQL's types: those that SQLAlchemy 1.4 sends as the same type.
final class AlembicTypes {
    private static final Map<String, String> PLAIN = Map.ofEntries(
            Map.entry("bigint", "sa.BigInteger"),
            Map.entry("integer", "sa.Integer"),
            Map.entry("smallint", "sa.SmallInteger"),
            Map.entry("text", "sa.Text"),
            Map.entry("boolean", "sa.Boolean"),
            Map.entry("date", "sa.Date"),
            Map.entry("real", "sa.REAL"),
            Map.entry("bytea", "sa.LargeBinary"),
            Map.entry("double precision", "postgresql.DOUBLE_PRECISION"),
            Map.entry("uuid", "postgresql.UUID"),
            Map.entry("json", "postgresql.JSON"),
            Map.entry("jsonb", "postgresql.JSONB"),
            Map.entry("inet", "postgresql.INET"),
            Map.entry("cidr", "postgresql.CIDR"),
            Map.entry("macaddr", "postgresql.MACADDR"),
            Map.entry("money", "postgresql.MONEY"),
            Map.entry("oid", "postgresql.OID"),
            Map.entry("regclass", "postgresql.REGCLASS"),
            Map.entry("tsvector", "postgresql.TSVECTOR"),
            Map.entry("interval", "postgresql.INTERVAL"),
            Map.entry("int4range", "postgresql.INT4RANGE"),
            Map.entry("int8range", "postgresql.INT8RANGE"),
            Map.entry("numrange", "postgresql.NUMRANGE"),
            Map.entry("daterange", "postgresql.DATERANGE"),
            Map.entry("tsrange", "postgresql.TSRANGE"),
            Map.entry("tstzrange", "postgresql.TSTZRANGE"));

    private static final Set<String> CLOCKS = Set.of(
            "timestamp with time zone", "timestamp without time zone", "time with time zone", "time without time zone");

    private AlembicTypes() {}

    /// @return empty when SQLAlchemy has no word for exactly this
    static Optional<PythonCode> of(ColumnType type) {
        if (type.dimensions() == 0) {
            return scalar(type.stored());
        }
        return scalar(type.element()).map(element -> {
            List<PythonCode> arguments = new ArrayList<>(List.of(element));
            if (type.dimensions() > 1) {
                arguments.add(keyword("dimensions", word(String.valueOf(type.dimensions()))));
            }
            return call("postgresql.ARRAY", arguments);
        });
    }

    private static Optional<PythonCode> scalar(ColumnType type) {
        List<String> arguments = type.arguments();
        if (CLOCKS.contains(type.name())) {
            return arguments.size() > 1 ? Optional.empty() : Optional.of(clock(type.name(), arguments));
        }
        return switch (type.name()) {
            case "character varying" -> sized("sa.String", "length", arguments);
            case "character" -> sized("sa.CHAR", "length", arguments);
            case "numeric" -> numeric(arguments);
            default -> arguments.isEmpty() ? plain(type.name()) : Optional.empty();
        };
    }

    private static Optional<PythonCode> plain(String name) {
        return Optional.ofNullable(PLAIN.get(name)).map(PythonCode::call);
    }

    private static Optional<PythonCode> sized(String function, String keyword, List<String> arguments) {
        return switch (arguments.size()) {
            case 0 -> Optional.of(call(function));
            case 1 -> Optional.of(call(function, keyword(keyword, word(arguments.getFirst()))));
            default -> Optional.empty();
        };
    }

    private static Optional<PythonCode> numeric(List<String> arguments) {
        return arguments.size() == 2
                ? Optional.of(call(
                        "sa.Numeric",
                        keyword("precision", word(arguments.getFirst())),
                        keyword("scale", word(arguments.getLast()))))
                : sized("sa.Numeric", "precision", arguments);
    }

    private static PythonCode clock(String name, List<String> precision) {
        boolean zone = name.contains("with time zone");
        boolean stamp = name.startsWith("timestamp");
        List<PythonCode> arguments = new ArrayList<>();
        if (zone) {
            arguments.add(keyword("timezone", true));
        }
        precision.forEach(digits -> arguments.add(keyword("precision", word(digits))));
        if (precision.isEmpty()) {
            return call(stamp ? "sa.DateTime" : "sa.Time", arguments);
        }
        return call(stamp ? "postgresql.TIMESTAMP" : "postgresql.TIME", arguments);
    }
}
