package dev.godwit.report;

import java.util.Locale;

/// Durations as people read them: `812 ms`, `3.4 s`, `2 min 5 s`.
public final class Durations {
    private Durations() {}

    public static String text(double millis) {
        if (millis < 10) {
            return String.format(Locale.ROOT, "%.1f ms", millis);
        }
        if (millis < 1_000) {
            return String.format(Locale.ROOT, "%.0f ms", millis);
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1_000);
        }
        long seconds = Math.round(millis / 1_000);
        return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
    }
}
