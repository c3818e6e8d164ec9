package dev.godwit.watch;

import java.util.Locale;

/// Numbers as the judge says them.
final class Wording {
    private static final double MINUTE = 60;
    private static final double HOUR = 60 * MINUTE;
    private static final double DAY = 24 * HOUR;
    private static final double TWICE = 2;

    private Wording() {}

    /// @return `0 %`, `0.012 %`, `1.4 %`, `37 %`
    static String percent(double share) {
        return number(share * 100) + " %";
    }

    /// @return two significant digits below 100, whole numbers above
    static String number(double value) {
        if (value == 0 || value >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        int decimals = Math.clamp(1 - (long) Math.floor(Math.log10(value)), 0, 4);
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    /// @return `5 s`, `300 s`, `17 min`, `8 h`, `12 d`: exact enough to compare
    static String seconds(double seconds) {
        if (seconds < 10 * MINUTE) {
            return number(Math.rint(seconds * 10) / 10) + " s";
        }
        if (seconds < TWICE * HOUR) {
            return Math.round(seconds / MINUTE) + " min";
        }
        return seconds < TWICE * DAY ? Math.round(seconds / HOUR) + " h" : Math.round(seconds / DAY) + " d";
    }

    static String fold(double ratio) {
        return number(ratio) + " times as many";
    }
}
