package dev.godwit.report.chart;

import java.util.Locale;

/// Milliseconds as people say them.
final class Brief {
    private static final double SECOND = 1_000;
    private static final double FEW = 10;

    private Brief() {}

    /// @return three digits or fewer: `4.6 ms`, `312 ms`, `4.31 s`, `65 s`
    static String duration(double millis) {
        if (millis >= SECOND) {
            return digits(millis / SECOND, millis < FEW * SECOND ? 2 : 1) + " s";
        }
        return digits(millis, millis < FEW ? 1 : 0) + " ms";
    }

    private static String digits(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
