package dev.godwit.fact;

import dev.godwit.statement.TypeName;
import java.util.List;

/// Can a value lose something on its way from one type to another?
///
/// With no error by rounding and cutting; PostgreSQL refuses a number out of range and a text that is too long for
/// `varchar(n)` by assignment, yet rounds fractions to fit.
public final class Narrowing {
    private static final List<String> WHOLE_NUMBERS = List.of("int2", "int4", "int8", "oid");
    private static final List<String> FRACTIONS = List.of("numeric", "float4", "float8", "money");
    /// Each holds every whole number of those before it.
    private static final List<String> BY_RANGE = List.of("int2", "int4", "int8", "numeric");

    private static final List<String> TEXTS = List.of("text", "varchar", "bpchar");
    private static final List<String> LIMITED_TEXTS = List.of("varchar", "bpchar");
    private static final List<String> MOMENTS = List.of("timestamp", "timestamptz");

    private Narrowing() {}

    /// @return may the server find a value that does not fit, and refuse?
    public static boolean refuses(TypeName from, TypeName to) {
        if (from.array()
                || to.array()
                || !from.schema().isEmpty()
                || !to.schema().isEmpty()) {
            return false;
        }
        return shortens(from, to) || limits(from, to);
    }

    private static boolean shortens(TypeName from, TypeName to) {
        boolean texts = TEXTS.contains(from.name()) && LIMITED_TEXTS.contains(to.name());
        return texts && !to.modifiers().isEmpty() && to.modifiers().getFirst() < lengthOrMost(from);
    }

    private static int lengthOrMost(TypeName type) {
        return type.modifiers().isEmpty() ? Integer.MAX_VALUE : type.modifiers().getFirst();
    }

    private static boolean limits(TypeName from, TypeName to) {
        int present = BY_RANGE.indexOf(from.name());
        int next = BY_RANGE.indexOf(to.name());
        return present >= 0 && next >= 0 && (next < present || fewerDigits(from, to));
    }

    /// Of whole digits; the fraction is rounded.
    private static boolean fewerDigits(TypeName from, TypeName to) {
        return from.is("numeric") && to.is("numeric") && !to.modifiers().isEmpty() && whole(to) < whole(from);
    }

    private static int whole(TypeName type) {
        return type.modifiers().isEmpty() ? Integer.MAX_VALUE : type.modifiers().getFirst() - scale(type);
    }

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
