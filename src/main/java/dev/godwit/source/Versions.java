package dev.godwit.source;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Pattern;

/// The order of versions: digits as numbers, however many, so that 9 comes before 10 and 001 beside 1; the rest as
/// text.
public final class Versions {
    private static final Pattern BOUNDARY = Pattern.compile("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)");

    public static final Comparator<String> ORDER = Versions::compare;

    private Versions() {}

    private static int compare(String left, String right) {
        String[] a = BOUNDARY.split(left, -1);
        String[] b = BOUNDARY.split(right, -1);
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            int order = comparePart(a[i], b[i]);
            if (order != 0) {
                return order;
            }
        }
        return a.length == b.length ? left.compareTo(right) : Integer.compare(a.length, b.length);
    }

    private static int comparePart(String a, String b) {
        return isNumber(a) && isNumber(b) ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && Character.isDigit(part.charAt(0));
    }
}
