package dev.godwit.fact;

import dev.godwit.statement.Expression;
import dev.godwit.statement.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Does ALTER COLUMN TYPE write the table anew?
///
/// PostgreSQL does so unless the conversion of a stored value is no work at all: the cast is binary-coercible and the
/// planner's support function finds the length check needless.
///
/// Source: `ATColumnChangeRequiresRewrite` in tablecmds.c, `pg_cast.castmethod = 'b'`, and the support functions of
/// varchar, varbit, numeric and the date-and-time types. A test compares with the servers.
enum TypeChange {
    FREE,
    REWRITE,
    /// It depends on the present type, which is not known here.
    UNKNOWN;

    /// What a type can become without work, modifiers apart.
    private static final Map<String, Set<String>> COERCIBLE = Map.ofEntries(
            Map.entry("varchar", Set.of("text", "bpchar")),
            Map.entry("text", Set.of("varchar", "bpchar")),
            Map.entry("xml", Set.of("text", "varchar", "bpchar")),
            Map.entry("cidr", Set.of("inet")),
            Map.entry("bit", Set.of("varbit")),
            Map.entry("varbit", Set.of("bit")),
            Map.entry("int4", Set.of("oid", "regclass", "regtype", "regproc", "regrole", "regnamespace")),
            Map.entry("oid", Set.of("int4", "regclass", "regtype", "regproc", "regrole", "regnamespace")),
            Map.entry("regclass", Set.of("int4", "oid")),
            Map.entry("regtype", Set.of("int4", "oid")),
            Map.entry("regproc", Set.of("int4", "oid")),
            Map.entry("regrole", Set.of("int4", "oid")),
            Map.entry("regnamespace", Set.of("int4", "oid")));

    /// Types that have their default operator class in common.
    private static final List<Set<String>> SAME_ORDER = List.of(
            Set.of("text", "varchar"),
            Set.of("inet", "cidr"),
            Set.of("oid", "regclass", "regtype", "regproc", "regrole", "regnamespace"));

    /// Types that something common becomes for free, so that the present type decides.
    private static final Set<String> OFTEN_FREE = Set.of(
            "text",
            "varchar",
            "bpchar",
            "numeric",
            "varbit",
            "inet",
            "interval",
            "time",
            "timetz",
            "timestamp",
            "timestamptz",
            "oid",
            "citext");

    private static final Set<String> BUILTIN = Set.of(
            "int2",
            "int4",
            "int8",
            "float4",
            "float8",
            "bool",
            "uuid",
            "json",
            "jsonb",
            "date",
            "bytea",
            "bit",
            "money",
            "xml",
            "cidr",
            "macaddr",
            "macaddr8",
            "point",
            "tsvector",
            "tsquery",
            "name",
            "char");

    private static final Set<String> FRACTIONAL_SECONDS = Set.of("time", "timetz", "timestamp", "timestamptz");
    private static final int MOST_FRACTIONAL_DIGITS = 6;

    /// @param utc does the session's time zone equal UTC? Then timestamp and timestamptz store the same number
    static TypeChange of(Optional<TypeName> from, TypeName to, Optional<Expression> using, String column, boolean utc) {
        List<TypeName> steps = new ArrayList<>();
        if (using.isPresent() && !isPlainCast(using.get(), column, steps)) {
            return REWRITE;
        }
        steps.add(to);
        if (from.isEmpty()) {
            return unknownTo(to);
        }
        TypeChange verdict = FREE;
        TypeName present = from.get();
        for (TypeName next : steps) {
            verdict = verdict.orWorse(between(present, next, utc));
            present = next;
        }
        return verdict;
    }

    private TypeChange orWorse(TypeChange other) {
        return this == REWRITE || other == FREE ? this : other;
    }

    /// @return do both types, of which one becomes the other for free, use one operator class for their indexes?
    static boolean sortsAlike(TypeName from, TypeName to) {
        return from.bare().equals(to.bare())
                || SAME_ORDER.stream().anyMatch(order -> order.contains(from.name()) && order.contains(to.name()));
    }

    /// @param steps the types on the way, innermost first
    private static boolean isPlainCast(Expression using, String column, List<TypeName> steps) {
        return switch (using) {
            case Expression.Column same -> same.name().equals(column);
            case Expression.Cast cast -> {
                boolean plain = isPlainCast(cast.operand(), column, steps);
                steps.add(cast.type());
                yield plain;
            }
            default -> false;
        };
    }

    private static TypeChange unknownTo(TypeName to) {
        return !to.array() && to.schema().isEmpty() && BUILTIN.contains(to.name()) && !OFTEN_FREE.contains(to.name())
                ? REWRITE
                : UNKNOWN;
    }

    private static TypeChange between(TypeName from, TypeName to, boolean utc) {
        if (from.equals(to)) {
            return FREE;
        }
        if (from.bare().equals(to.bare())) {
            return sameType(from, to) ? FREE : REWRITE;
        }
        if (!from.schema().isEmpty() || !to.schema().isEmpty() || !known(from) || !known(to)) {
            return UNKNOWN;
        }
        if (from.array() || to.array()) {
            return REWRITE;
        }
        return otherType(from, to, utc) ? FREE : REWRITE;
    }

    private static boolean known(TypeName type) {
        return BUILTIN.contains(type.name())
                || COERCIBLE.containsKey(type.name())
                || (OFTEN_FREE.contains(type.name()) && !type.name().equals("citext"));
    }

    private static boolean otherType(TypeName from, TypeName to, boolean utc) {
        if (utc && Set.of(from.name(), to.name()).equals(Set.of("timestamp", "timestamptz"))) {
            return to.modifiers().isEmpty() || fractionsWiden(from.modifiers(), to.modifiers());
        }
        boolean coercible = COERCIBLE.getOrDefault(from.name(), Set.of()).contains(to.name());
        return coercible && to.modifiers().isEmpty();
    }

    private static boolean sameType(TypeName from, TypeName to) {
        if (from.array()) {
            return to.modifiers().isEmpty();
        }
        return switch (to.name()) {
            case "varchar", "varbit" -> widens(from.modifiers(), to.modifiers());
            case "numeric" -> numericWidens(from.modifiers(), to.modifiers());
            case "interval" -> to.modifiers().isEmpty() || intervalWidens(from.modifiers(), to.modifiers());
            default ->
                FRACTIONAL_SECONDS.contains(to.name())
                        ? fractionsWiden(from.modifiers(), to.modifiers())
                        : to.modifiers().isEmpty();
        };
    }

    private static boolean widens(List<Integer> from, List<Integer> to) {
        return to.isEmpty() || (!from.isEmpty() && to.getFirst() >= from.getFirst());
    }

    private static boolean numericWidens(List<Integer> from, List<Integer> to) {
        return to.isEmpty() || (!from.isEmpty() && to.getFirst() >= from.getFirst() && scale(from) == scale(to));
    }

    private static int scale(List<Integer> modifiers) {
        return modifiers.size() > 1 ? modifiers.get(1) : 0;
    }

    private static boolean fractionsWiden(List<Integer> from, List<Integer> to) {
        return to.isEmpty()
                || to.getFirst() >= MOST_FRACTIONAL_DIGITS
                || (!from.isEmpty() && to.getFirst() >= from.getFirst());
    }

    /// The first number is the mask of fields, the second the digits.
    private static boolean intervalWidens(List<Integer> from, List<Integer> to) {
        return !from.isEmpty()
                && from.getFirst().equals(to.getFirst())
                && fractionsWiden(from.subList(1, from.size()), to.subList(1, to.size()));
    }
}
