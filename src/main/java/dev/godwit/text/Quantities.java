package dev.godwit.text;

import java.time.Duration;
import java.util.Locale;

/// Numbers as people read them.
public final class Quantities {
    private Quantities() {}

    /// @return `12,400,000`
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// @return `2.1 GB`, in powers of 1024 as PostgreSQL's `pg_size_pretty` counts
    public static String bytes(long bytes) {
        double left = bytes;
        for (String unit : new String[] {"bytes", "kB", "MB", "GB"}) {
            if (left < 1024) {
                return String.format(Locale.ROOT, unit.equals("bytes") ? "%.0f %s" : "%.1f %s", left, unit);
            }
            left /= 1024;
        }
        return String.format(Locale.ROOT, "%.1f TB", left);
    }

    /// @return `3.2 s`, `12 min`, `5 h`, `3 days`
    public static String time(Duration time) {
        if (time.toSeconds() < 60) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        if (time.toMinutes() < 120) {
            return time.toMinutes() + " min";
        }
        return time.toHours() < 48 ? time.toHours() + " h" : time.toDays() + " days";
    }
}
