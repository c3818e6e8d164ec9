package dev.godwit.staging;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.DataType;
import dev.godwit.postgres.Identifiers;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Values by type, as SQL over a row number: the same number gives the same value, and of the wide types another number
/// another value.
final class ValueExpressions {
    private static final Pattern TYPE = Pattern.compile("([a-z0-9_ .\"]+?)(?:\\((\\d+)(?:,(-?\\d+))?\\))?( [a-z ]+)?");
    private static final int SPREAD = 100_000;

    private final CatalogSnapshot schema;

    ValueExpressions(CatalogSnapshot schema) {
        this.schema = schema;
    }

    /// @param type as `format_type` writes it
    /// @param row an SQL expression of type bigint
    /// @param distinct whether two rows must differ
    /// @return empty for a type that nothing is known of
    Optional<String> of(String type, String row, boolean distinct) {
        if (type.endsWith("[]")) {
            return of(type.substring(0, type.length() - 2), row, distinct).map(e -> "ARRAY[" + e + "]::" + type);
        }
        Optional<DataType> own =
                schema.types().stream().filter(t -> t.name().equals(type)).findFirst();
        return own.isPresent() ? own(own.get(), row, distinct) : builtIn(type, row, distinct);
    }

    private Optional<String> own(DataType type, String row, boolean distinct) {
        return switch (type) {
            case DataType.EnumType e ->
                Optional.of("(" + oneOf(e.labels(), row) + ")::" + e.name())
                        .filter(_ -> !e.labels().isEmpty());
            case DataType.DomainType d -> of(d.base(), row, distinct).map(e -> "(" + e + ")::" + d.name());
            case DataType.CompositeType c -> composite(c, row);
        };
    }

    private Optional<String> composite(DataType.CompositeType type, String row) {
        List<Optional<String>> parts =
                type.attributeTypes().stream().map(part -> of(part, row, false)).toList();
        if (parts.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        String joined = String.join(", ", parts.stream().map(Optional::get).toList());
        return Optional.of("ROW(" + joined + ")::" + type.name());
    }

    /// @param values not empty
    static String oneOf(List<String> values, String row) {
        String list =
                String.join(", ", values.stream().map(Identifiers::literal).toList());
        return "(ARRAY[" + list + "])[1 + (" + row + ") % " + values.size() + "]";
    }

    private static Optional<String> builtIn(String type, String row, boolean distinct) {
        Matcher parts = TYPE.matcher(type);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String name = parts.group(1) + Optional.ofNullable(parts.group(4)).orElse("");
        int length = parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2));
        int scale = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
        return plain(name, row, distinct, length, scale).map(e -> "(" + e + ")::" + type);
    }

    private static Optional<String> plain(String name, String row, boolean distinct, int length, int scale) {
        String spread = distinct ? row : "1 + (" + row + ") * 31 % " + SPREAD;
        return Optional.ofNullable(
                switch (name) {
                    case "smallint" -> distinct ? row : "1 + (" + row + ") % 1000";
                    case "integer", "bigint", "oid" -> spread;
                    case "numeric" -> numeric(row, distinct, length, scale);
                    case "real", "double precision" -> "(" + spread + ") / 10.0";
                    case "money" -> "(" + spread + ")::int";
                    case "text", "character varying", "citext", "public.citext", "name" -> text(row, distinct, length);
                    case "character" -> text(row, distinct, Math.max(1, length));
                    case "boolean" -> "(" + row + ") % 2 = 0";
                    case "date" -> "date '2026-01-01' - ((" + row + ") % 20000)::int";
                    case "timestamp without time zone", "timestamp with time zone" ->
                        "timestamp '2026-01-01' - (" + row + ") * interval '1 second'";
                    case "time without time zone", "time with time zone" ->
                        "time '00:00' + ((" + row + ") % 86400) * interval '1 second'";
                    case "interval" -> "((" + row + ") % 86400) * interval '1 second'";
                    case "uuid" -> "md5((" + row + ")::text)";
                    case "json", "jsonb" -> "json_build_object('n', " + row + ")";
                    case "bytea" -> "decode(md5((" + row + ")::text), 'hex')";
                    case "inet" -> "inet '10.0.0.0' + (" + row + ") % 16777216";
                    case "cidr" -> "set_masklen(inet '10.0.0.0' + (" + row + ") % 16777216, 32)";
                    case "macaddr" -> "'08:00:2b:01:02:03'";
                    case "bit" -> "repeat('1', " + Math.max(1, length) + ")";
                    case "bit varying" -> "'1'";
                    case "xml" -> "'<n>' || (" + row + ") || '</n>'";
                    case "tsvector" -> "to_tsvector('simple', 'word' || (" + row + ") % 1000)";
                    case "tsquery" -> "'word'";
                    case "point" -> "'(1,2)'";
                    case "int4range", "int8range", "numrange" ->
                        "'[' || (" + row + ") || ',' || (" + row + ") + 1 || ')'";
                    case "daterange" -> "daterange(date '2020-01-01' + ((" + row + ") % 2000000)::int, NULL)";
                    case "tstzrange", "tsrange" -> "'[2026-01-01,2026-01-02)'";
                    default -> null;
                });
    }

    private static String numeric(String row, boolean distinct, int precision, int scale) {
        if (precision == 0) {
            return distinct ? row : "(" + row + ") * 31 % " + SPREAD + " / 100.0";
        }
        int digits = Math.clamp(precision - Math.max(0, scale), 0, 15);
        return digits == 0 ? "0" : "(" + row + ") % " + (long) Math.pow(10, digits);
    }

    /// Short and distinct at once has base 36 of no help in SQL, so hexadecimal it is.
    private static String text(String row, boolean distinct, int length) {
        if (length == 0) {
            return distinct ? "'v' || (" + row + ")" : "'value ' || (" + row + ") % " + SPREAD;
        }
        if (distinct) {
            return length <= 10 ? "to_hex(" + row + ")" : "'v' || (" + row + ")";
        }
        return "left(md5((" + row + ")::text), " + Math.min(length, 16) + ")";
    }
}
