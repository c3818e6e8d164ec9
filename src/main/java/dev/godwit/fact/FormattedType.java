package dev.godwit.fact;

import dev.godwit.statement.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what the server's `format_type` writes: `character varying(20)`, `timestamp(3) without time zone`,
/// `public.mood[]`.
final class FormattedType {
    /// Words, then numbers in parentheses, then perhaps more words, then perhaps `[]`.
    private static final Pattern SHAPE = Pattern.compile("([^(\\[]+)(?:\\(([-0-9, ]+)\\))?([^\\[]*)(\\[.*)?");

    private static final Map<String, String> CATALOG_NAMES = Map.ofEntries(
            Map.entry("smallint", "int2"),
            Map.entry("integer", "int4"),
            Map.entry("bigint", "int8"),
            Map.entry("real", "float4"),
            Map.entry("double precision", "float8"),
            Map.entry("boolean", "bool"),
            Map.entry("character", "bpchar"),
            Map.entry("character varying", "varchar"),
            Map.entry("bit varying", "varbit"),
            Map.entry("timestamp without time zone", "timestamp"),
            Map.entry("timestamp with time zone", "timestamptz"),
            Map.entry("time without time zone", "time"),
            Map.entry("time with time zone", "timetz"));

    /// The mask that the grammar gives `interval(3)`, all fields: INTERVAL_FULL_RANGE in timestamp.h.
    private static final int ALL_INTERVAL_FIELDS = 0x7FFF;

    private FormattedType() {}

    static TypeName parse(String formatted) {
        Matcher matcher = SHAPE.matcher(formatted);
        if (!matcher.matches()) {
            return new TypeName("", formatted, List.of(), false);
        }
        String words = (matcher.group(1) + matcher.group(3)).strip();
        List<Integer> modifiers = modifiers(matcher.group(2));
        boolean array = matcher.group(4) != null;
        if (words.startsWith("interval")) {
            return interval(words, modifiers, array);
        }
        String name = CATALOG_NAMES.getOrDefault(words, words);
        int dot = name.indexOf('.');
        return dot < 0
                ? new TypeName("", unquoted(name), modifiers, array)
                : new TypeName(unquoted(name.substring(0, dot)), unquoted(name.substring(dot + 1)), modifiers, array);
    }

    /// A mask of fields is kept as words: it equals no mask of the grammar, so a change of it counts as work.
    private static TypeName interval(String words, List<Integer> modifiers, boolean array) {
        if (!words.equals("interval")) {
            return new TypeName("", "interval", List.of(-1), array);
        }
        List<Integer> full = new ArrayList<>();
        if (!modifiers.isEmpty()) {
            full.add(ALL_INTERVAL_FIELDS);
            full.addAll(modifiers);
        }
        return new TypeName("", "interval", full, array);
    }

    private static List<Integer> modifiers(@Nullable String inParentheses) {
        if (inParentheses == null) {
            return List.of();
        }
        return Pattern.compile(",")
                .splitAsStream(inParentheses)
                .map(number -> Integer.valueOf(number.strip()))
                .toList();
    }

    private static String unquoted(String name) {
        return name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name;
    }
}
