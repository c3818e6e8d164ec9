package dev.godwit.lint;

import dev.godwit.postgres.Identifiers;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The words that all messages share.
public final class Wording {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    /// Reserved words that people do use as names; quoting one too many does no harm.
    private static final Set<String> RESERVED = Set.of(
            "all",
            "analyse",
            "analyze",
            "and",
            "any",
            "array",
            "as",
            "asc",
            "case",
            "cast",
            "check",
            "collate",
            "column",
            "constraint",
            "create",
            "default",
            "desc",
            "distinct",
            "do",
            "else",
            "end",
            "except",
            "false",
            "fetch",
            "for",
            "foreign",
            "from",
            "grant",
            "group",
            "having",
            "in",
            "initially",
            "intersect",
            "into",
            "lateral",
            "leading",
            "limit",
            "not",
            "null",
            "offset",
            "on",
            "only",
            "or",
            "order",
            "placing",
            "primary",
            "references",
            "returning",
            "select",
            "some",
            "table",
            "then",
            "to",
            "trailing",
            "true",
            "union",
            "unique",
            "user",
            "using",
            "variadic",
            "when",
            "where",
            "window",
            "with");

    private Wording() {}

    /// @return what the lock stops: `writes`, `reads and writes`, `schema changes`
    static Optional<String> blocked(LockMode lock) {
        return switch (lock.blocks()) {
            case NOTHING -> Optional.empty();
            case SCHEMA_CHANGES -> Optional.of("schema changes");
            case WRITES -> Optional.of("writes");
            case READS_AND_WRITES -> Optional.of("reads and writes");
        };
    }

    /// @return `an ACCESS EXCLUSIVE lock on public.orders, which blocks reads and writes`
    public static String lockOn(LockMode lock, QualifiedName relation) {
        String article = "AE".indexOf(lock.sql().charAt(0)) >= 0 ? "an " : "a ";
        String what = blocked(lock).map(blocked -> ", which blocks " + blocked).orElse("");
        return article + lock.sql() + " lock on " + relation + what;
    }

    /// @return the name as SQL, quoted only where it must be, `public` left out
    public static String sql(QualifiedName name) {
        return name.schema().equals("public") ? sql(name.name()) : sql(name.schema()) + "." + sql(name.name());
    }

    public static String sql(String identifier) {
        return PLAIN.matcher(identifier).matches() && !RESERVED.contains(identifier)
                ? identifier
                : Identifiers.quote(identifier);
    }
}
