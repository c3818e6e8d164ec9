package dev.godwit.postgres;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Schema and name of an object, neither quoted. An unqualified name in a script is taken to be in `public`, which is
/// where the default `search_path` creates.
public record QualifiedName(String schema, String name) implements Comparable<QualifiedName> {
    private static final Comparator<QualifiedName> ORDER =
            Comparator.comparing(QualifiedName::schema).thenComparing(QualifiedName::name);

    private static final Pattern TEXT =
            Pattern.compile("(?s)([a-z_][a-z0-9_$]*|\"(?:[^\"]|\"\")+\")\\.([a-z_][a-z0-9_$]*|\"(?:[^\"]|\"\")+\")");

    public QualifiedName {
        requireNonNull(schema);
        requireNonNull(name);
    }

    public static QualifiedName inPublic(String name) {
        return new QualifiedName("public", name);
    }

    /// @return the name as SQL, both parts quoted
    public String sql() {
        return Identifiers.quote(schema) + "." + Identifiers.quote(name);
    }

    /// @return the name with quotes only around a part that needs them: `public.orders`, `public."Odd"`; [#parse] reads
    /// it
    public String text() {
        return Identifiers.quoteOdd(schema) + "." + Identifiers.quoteOdd(name);
    }

    /// @param text as [#text] or [#sql] writes it
    public static QualifiedName parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a name with its schema: " + text);
        }
        return new QualifiedName(unquoted(parts.group(1)), unquoted(parts.group(2)));
    }

    private static String unquoted(String part) {
        return part.startsWith("\"") ? part.substring(1, part.length() - 1).replace("\"\"", "\"") : part;
    }

    /// By hand: names are compared all the time, and in a command that is over before the JVM has warmed up a record's
    /// own
    /// comparison is ten times as slow.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof QualifiedName that && name.equals(that.name) && schema.equals(that.schema);
    }

    @Override
    public int hashCode() {
        return 31 * schema.hashCode() + name.hashCode();
    }

    @Override
    public int compareTo(QualifiedName other) {
        return ORDER.compare(this, other);
    }

    /// @return the name as people and JSON read it, `public.orders`, without quotes
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
