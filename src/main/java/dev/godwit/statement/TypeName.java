package dev.godwit.statement;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A type as a statement names it.
///
/// @param schema empty when the name came without one or is the server's own (`pg_catalog`)
/// @param name the catalog's name: `int4`, never `integer`
/// @param modifiers the numbers in parentheses, as the grammar stores them (for `interval` the field mask comes first)
/// @param array is it an array of that type, of whatever dimension (which the server does not keep)?
public record TypeName(String schema, String name, List<Integer> modifiers, boolean array) {
    private static final Set<String> SERIALS =
            Set.of("serial", "serial2", "serial4", "serial8", "smallserial", "bigserial");

    /// The words of the SQL standard for the catalog's names; the reverse is in the grammar.
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("int2", "smallint"),
            Map.entry("int4", "integer"),
            Map.entry("int8", "bigint"),
            Map.entry("float4", "real"),
            Map.entry("float8", "double precision"),
            Map.entry("bool", "boolean"),
            Map.entry("bpchar", "char"),
            Map.entry("varbit", "bit varying"));

    public TypeName {
        requireNonNull(schema);
        requireNonNull(name);
        modifiers = List.copyOf(modifiers);
    }

    public static TypeName of(String name, Integer... modifiers) {
        return new TypeName("", name, List.of(modifiers), false);
    }

    /// `serial` is no type but a sequence, a default and NOT NULL.
    public boolean isSerial() {
        return SERIALS.contains(name) && schema.isEmpty();
    }

    public boolean is(String catalogName) {
        return name.equals(catalogName) && schema.isEmpty() && !array;
    }

    /// @return the same type without its modifiers
    public TypeName bare() {
        return new TypeName(schema, name, List.of(), array);
    }

    /// @return the type as people write it, `varchar(20)`
    @Override
    public String toString() {
        String prefix = schema.isEmpty() ? "" : schema + ".";
        String word = schema.isEmpty() ? WORDS.getOrDefault(name, name) : name;
        return prefix + word + (name.equals("interval") ? "" : parentheses()) + (array ? "[]" : "");
    }

    private String parentheses() {
        return modifiers.isEmpty()
                ? ""
                : modifiers.stream().map(String::valueOf).collect(Collectors.joining(",", "(", ")"));
    }
}
