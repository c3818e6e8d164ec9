package dev.godwit.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// The known name that a mistyped one most likely meant.
public final class Nearest {
    private Nearest() {}

    /// @return the known name with the fewest edits, if these are at most a third of it, or one that the word begins or
    ///     that begins with the word; the first in order among equals
    public static Optional<String> of(String word, Collection<String> known) {
        String wanted = fold(word);
        return known.stream()
                .filter(name -> near(wanted, fold(name)))
                .min(Comparator.<String>comparingInt(name -> distance(wanted, fold(name)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /// For places where a guess must be nearly certain.
    public static Optional<String> withinEdits(String word, Collection<String> known, int edits) {
        return of(word, known).filter(name -> distance(fold(word), fold(name)) <= edits);
    }

    private static boolean near(String wanted, String name) {
        boolean prefix =
                wanted.length() >= 3 && name.length() >= 3 && (name.startsWith(wanted) || wanted.startsWith(name));
        return prefix || distance(wanted, name) <= Math.max(1, Math.max(wanted.length(), name.length()) / 3);
    }

    private static String fold(String word) {
        return word.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /// Damerau's distance in its simple form: insert, delete, replace, swap of neighbours.
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = cheapest(a, b, i, j, cost);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(String a, String b, int i, int j, int[][] cost) {
        if (i == 0 || j == 0) {
            return i + j;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(cost[i - 1][j - 1] + same, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
