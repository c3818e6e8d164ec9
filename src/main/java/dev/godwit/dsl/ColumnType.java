package dev.godwit.dsl;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/// A type as a statement spells it.
///
/// @param name in PostgreSQL's long form and lower case, `character varying`; what has a schema or quotes as written
/// @param arguments `10, 2` of numeric(10, 2)
/// @param dimensions of an array; zero for none
record ColumnType(String name, List<String> arguments, int dimensions) {
    private static final Map<String, String> LONG = Map.ofEntries(
            Map.entry("int", "integer"),
            Map.entry("int4", "integer"),
            Map.entry("int8", "bigint"),
            Map.entry("int2", "smallint"),
            Map.entry("bool", "boolean"),
            Map.entry("varchar", "character varying"),
            Map.entry("char", "character"),
            Map.entry("decimal", "numeric"),
            Map.entry("dec", "numeric"),
            Map.entry("float8", "double precision"),
            Map.entry("float4", "real"),
            Map.entry("timestamptz", "timestamp with time zone"),
            Map.entry("timetz", "time with time zone"),
            Map.entry("serial4", "serial"),
            Map.entry("serial8", "bigserial"),
            Map.entry("serial2", "smallserial"));

    private static final Map<String, String> SERIAL =
            Map.of("serial", "integer", "bigserial", "bigint", "smallserial", "smallint");

    ColumnType {
        requireNonNull(name);
        arguments = List.copyOf(arguments);
    }

    static String inFull(String word) {
        return LONG.getOrDefault(word, word);
    }

    boolean isSerial() {
        return SERIAL.containsKey(name);
    }

    /// @return whether it counts: smallint, integer, bigint, and their serials
    boolean isInteger() {
        return dimensions == 0 && (isSerial() || SERIAL.containsValue(name));
    }

    /// @return what a serial column holds, else the type itself
    ColumnType stored() {
        return new ColumnType(SERIAL.getOrDefault(name, name), arguments, dimensions);
    }

    ColumnType element() {
        return new ColumnType(name, arguments, 0);
    }
}
