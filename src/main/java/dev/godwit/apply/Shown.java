package dev.godwit.apply;

import dev.godwit.postgres.Identifiers;
import java.util.List;
import java.util.Locale;

/// What others have named or done, made fit for one line of a terminal.
final class Shown {
    private static final int MOST = 5;

    private Shown() {}

    /// @return without control characters, line ends and marks that turn the writing direction
    static String text(String foreign) {
        return foreign.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
    }

    /// @return the first five and how many more there are
    static String list(List<String> parts) {
        String first = String.join("; ", parts.subList(0, Math.min(MOST, parts.size())));
        return parts.size() <= MOST ? first : first + "; and " + (parts.size() - MOST) + " more";
    }

    /// @return `812 kB`, `3.4 GB`, by 1024 as PostgreSQL counts
    static String bytes(long bytes) {
        double amount = bytes;
        for (String unit : List.of("bytes", "kB", "MB", "GB", "TB")) {
            if (amount < 1024) {
                return String.format(Locale.ROOT, amount < 10 && amount % 1 != 0 ? "%.1f %s" : "%.0f %s", amount, unit);
            }
            amount /= 1024;
        }
        return String.format(Locale.ROOT, "%.0f PB", amount);
    }

    /// @return what gives the role the right to see what other sessions do
    static String seeingGrant(String role) {
        return "GRANT pg_read_all_stats TO " + Identifiers.quote(text(role));
    }
}
