package dev.godwit.fact;

import dev.godwit.statement.TypeName;
import java.util.List;

/// Can a value lose something on its way from one type to another, with no error?
///
/// Rounding and cutting do so: PostgreSQL refuses a number out of range and a text that is too long for `varchar(n)` by
/// assignment, yet rounds fractions to fit.
final class Narrowing {
    private static final List<String> WHOLE_NUMBERS = List.of("int2", "int4", "int8", "oid");
    private static final List<String> FRACTIONS = List.of("numeric", "float4", "float8", "money");
    private static final List<String> MOMENTS = List.of("timestamp", "timestamptz");

    private Narrowing() {}

    static boolean between(TypeName from, TypeName to) {
        if (from.array() || to.array()) {
            return false;
        }
        return roundsNumbers(from, to) || cutsTime(from, to);
    }

    private static boolean roundsNumbers(TypeName from, TypeName to) {
        if (!FRACTIONS.contains(from.name())) {
            return from.name().equals("int8") && List.of("float4", "float8").contains(to.name());
        }
        return WHOLE_NUMBERS.contains(to.name())
                || (from.name().equals("float8") && to.name().equals("float4"))
                || (from.name().equals("numeric") && to.name().startsWith("float"))
                || (to.name().equals("numeric") && !to.modifiers().isEmpty() && scale(to) < scaleOrMost(from));
    }

    private static int scale(TypeName type) {
        return type.modifiers().size() > 1 ? type.modifiers().get(1) : 0;
    }

    private static int scaleOrMost(TypeName type) {
        return type.modifiers().isEmpty() ? Integer.MAX_VALUE : scale(type);
    }

    private static boolean cutsTime(TypeName from, TypeName to) {
        if (MOMENTS.contains(from.name()) && (to.is("date") || to.is("time"))) {
            return true;
        }
        boolean fractions = from.name().startsWith("time") && to.name().startsWith("time");
        return fractions && !to.modifiers().isEmpty() && to.modifiers().getFirst() < digits(from);
    }

    private static int digits(TypeName type) {
        return type.modifiers().isEmpty() ? 6 : type.modifiers().getFirst();
    }
}
