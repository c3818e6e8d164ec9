package dev.godwit.source.framework;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the name of one of Flyway's files says: `V1_2__add_region.sql`, `U1_2__add_region.sql`, `R__prices.sql`.
///
/// @param version as the history table spells it, `1.2`; empty for a repeatable
/// @param words the description as the file spells it, `add_region`; may be empty
record FlywayName(Kind kind, String version, String words) {
    enum Kind {
        VERSIONED,
        UNDO,
        REPEATABLE
    }

    /// `2` and `2.0` and `002` are one version.
    static final Comparator<String> ORDER = FlywayName::compareVersions;

    private static final Pattern NUMBERS = Pattern.compile("[0-9]+(?:\\.[0-9]+)*");

    /// A name that someone meant as a migration and that Flyway passes over without a word.
    private static final Pattern MEANT =
            Pattern.compile("(?i)(?:(?<kind>[VU])(?=[0-9])|(?=[0-9]))(?<version>[0-9][0-9._]*?)[_.-]+(?<words>[^_].*)"
                    + "|(?<repeatable>R)_+(?<rest>.+)");

    static Optional<FlywayName> parse(String file, FlywayConfig config) {
        return config.stem(file).flatMap(stem -> parseStem(stem, config));
    }

    private static Optional<FlywayName> parseStem(String stem, FlywayConfig config) {
        return after(config.versionedPrefix(), stem)
                .flatMap(rest -> versioned(Kind.VERSIONED, rest, config))
                .or(() -> after(config.undoPrefix(), stem).flatMap(rest -> versioned(Kind.UNDO, rest, config)))
                .or(() -> after(config.repeatablePrefix() + config.separator(), stem)
                        .filter(words -> !words.isEmpty())
                        .map(words -> new FlywayName(Kind.REPEATABLE, "", words)));
    }

    private static Optional<String> after(String prefix, String stem) {
        return stem.startsWith(prefix) ? Optional.of(stem.substring(prefix.length())) : Optional.empty();
    }

    private static Optional<FlywayName> versioned(Kind kind, String rest, FlywayConfig config) {
        int cut = rest.indexOf(config.separator());
        String version = (cut < 0 ? rest : rest.substring(0, cut)).replace('_', '.');
        String words = cut < 0 ? "" : rest.substring(cut + config.separator().length());
        return NUMBERS.matcher(version).matches()
                ? Optional.of(new FlywayName(kind, version, words))
                : Optional.empty();
    }

    /// @return the description as Flyway writes it into its table
    String description() {
        return words.replace('_', ' ');
    }

    /// @return the valid name that was probably meant; empty for files that look like something else
    static Optional<String> nearest(String file, FlywayConfig config) {
        Matcher meant = MEANT.matcher(config.stem(file).orElse(""));
        if (!meant.matches()) {
            return Optional.empty();
        }
        if (meant.group("repeatable") != null) {
            return Optional.of(config.repeatablePrefix() + config.separator() + meant.group("rest") + config.suffix());
        }
        String prefix = "u".equalsIgnoreCase(meant.group("kind")) ? config.undoPrefix() : config.versionedPrefix();
        String version = meant.group("version").replaceAll("[._]+$", "").replaceAll("[._]+", ".");
        return Optional.of(prefix + version + config.separator() + meant.group("words") + config.suffix());
    }

    private static int compareVersions(String left, String right) {
        List<BigInteger> a = parts(left);
        List<BigInteger> b = parts(right);
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            int order = part(a, i).compareTo(part(b, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static BigInteger part(List<BigInteger> parts, int index) {
        return index < parts.size() ? parts.get(index) : BigInteger.ZERO;
    }

    private static List<BigInteger> parts(String version) {
        return Arrays.stream(version.split("\\.", -1)).map(BigInteger::new).toList();
    }

    /// @return whether a text is a version at all; the history table may hold what another tool wrote
    static boolean isVersion(String text) {
        return NUMBERS.matcher(text).matches();
    }
}
