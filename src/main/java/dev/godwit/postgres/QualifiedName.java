package dev.godwit.postgres;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/// Schema and name of an object, neither quoted. An unqualified name in a script is taken to be in `public`, which is
/// where the default `search_path` creates.
public record QualifiedName(String schema, String name) implements Comparable<QualifiedName> {
    private static final Comparator<QualifiedName> ORDER =
            Comparator.comparing(QualifiedName::schema).thenComparing(QualifiedName::name);

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
