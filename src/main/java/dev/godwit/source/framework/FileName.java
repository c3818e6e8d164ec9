package dev.godwit.source.framework;

import dev.godwit.source.Direction;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the name of a plain SQL migration says: `<version>_<name>.up.sql`, `.down.sql`, or `.sql` for both in one.
///
/// @param version digits
/// @param direction empty for the single-file form
record FileName(String version, String name, Optional<Direction> direction) {
    /// For people: an example says more than a pattern.
    static final String EXPECTED =
            "20261122103000_add_region.up.sql with .down.sql, or 20261122103000_add_region.sql with both sections";

    private static final Pattern VALID = Pattern.compile("([0-9]+)_([\\p{L}\\p{N}_-]+?)(?:\\.(up|down))?\\.sql");
    private static final Pattern ENDING =
            Pattern.compile("(?i)(.*?)(?:[._-](up|do|deploy|down|undo|revert|rollback))?(?:\\.sql)+");
    private static final Pattern LEADING_DIGITS = Pattern.compile("[vV]?([0-9]+(?:-[0-9]{2}(?![0-9]))*)(.*)");

    static Optional<FileName> parse(String file) {
        Matcher matcher = VALID.matcher(file);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<Direction> direction = Optional.ofNullable(matcher.group(3)).map(FileName::direction);
        return Optional.of(new FileName(matcher.group(1), matcher.group(2), direction));
    }

    String file() {
        return version + "_" + name + direction.map(d -> "." + d.word()).orElse("") + ".sql";
    }

    FileName with(Optional<Direction> other) {
        return new FileName(version, name, other);
    }

    /// @return the valid name that is nearest to a wrong one; what cannot be known stands in angle brackets
    /// @param usual the ending of files that do not say their direction: `.up.sql`, or `.sql` for one with sections
    static String nearest(String wrong, String usual) {
        Matcher ending = ENDING.matcher(wrong);
        String stem = ending.matches() ? ending.group(1) : wrong;
        boolean told = ending.matches() && ending.group(2) != null;
        Matcher digits = LEADING_DIGITS.matcher(stem);
        String version = digits.matches() ? digits.group(1).replace("-", "") : "<version>";
        String name = slug(digits.matches() ? digits.group(2) : stem);
        return version + "_"
                + (name.isEmpty() ? "<name>" : name)
                + (told ? "." + direction(ending.group(2)).word() + ".sql" : usual);
    }

    private static Direction direction(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "up", "do", "deploy" -> Direction.UP;
            default -> Direction.DOWN;
        };
    }

    private static String slug(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}_-]+", "_").replaceAll("^[_-]+|[_-]+$", "");
    }
}
