package dev.godwit.text;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Spans of time as people write them: `500ms`, `30s`, `5m`, `1h30m`, `2d`.
public final class DurationText {
    private static final Pattern WHOLE = Pattern.compile("(?:[0-9]{1,9}(?:\\.[0-9]{1,3})?(?:ms|s|m|h|d))+");
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h|d)");

    private DurationText() {}

    /// @throws IllegalArgumentException says what is wrong with it
    public static Duration parse(String text) {
        String wanted = text.strip();
        if (wanted.matches("[0-9.]+")) {
            throw new IllegalArgumentException("\"" + text + "\" has no unit");
        }
        if (!WHOLE.matcher(wanted).matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no time");
        }
        Duration sum = Duration.ZERO;
        for (Matcher part = PART.matcher(wanted); part.find(); ) {
            sum = sum.plusMillis(Math.round(Double.parseDouble(part.group(1)) * millis(part.group(2))));
        }
        if (sum.isZero()) {
            throw new IllegalArgumentException("it is no time at all");
        }
        return sum;
    }

    private static long millis(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
        };
    }
}
