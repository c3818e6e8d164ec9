package dev.godwit.postgres;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Quoting, always: a quoted identifier is right for every name, a reserved word and `a"; drop --` included.
///
/// Source: PostgreSQL manual, section 4.1.1.
public final class Identifiers {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");

    private Identifiers() {}

    public static String quote(String name) {
        if (name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("an identifier cannot hold a NUL");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /// For people: with quotes only where the name is not that of most.
    public static String quoteOdd(String name) {
        return PLAIN.matcher(name).matches() ? name : quote(name);
    }

    public static String quoteAll(Collection<String> names) {
        return names.stream().map(Identifiers::quote).collect(Collectors.joining(", "));
    }

    /// A string literal that is the same under either setting of `standard_conforming_strings`.
    public static String literal(String value) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a string cannot hold a NUL");
        }
        String doubled = value.replace("'", "''");
        return value.indexOf('\\') < 0 ? "'" + doubled + "'" : " E'" + doubled.replace("\\", "\\\\") + "'";
    }
}
