package dev.godwit.throttle;

import dev.godwit.text.ByteSize;
import dev.godwit.text.DurationText;
import java.time.Duration;
import java.util.regex.Pattern;

/// Limits as a project writes them.
public final class LimitText {
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
    private static final Pattern RATE = Pattern.compile("(.*)/\\s*s");
    private static final Pattern SHARE = Pattern.compile("([0-9]{1,2}(?:\\.[0-9]+)?)\\s*%");

    private LimitText() {}

    public static long whole(String limit) {
        if (!WHOLE.matcher(limit.strip()).matches()) {
            throw new IllegalArgumentException("\"" + limit + "\" is no whole number");
        }
        return Long.parseLong(limit.strip());
    }

    public static Duration time(String limit) {
        return DurationText.parse(limit);
    }

    /// @return bytes a second
    public static long rate(String limit) {
        var matcher = RATE.matcher(limit.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + limit + "\" is no size a second");
        }
        return ByteSize.parse(matcher.group(1));
    }

    /// @return between 0 and 1
    public static double share(String limit) {
        var matcher = SHARE.matcher(limit.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + limit + "\" is no share between 0 % and 100 %");
        }
        return Double.parseDouble(matcher.group(1)) / 100;
    }

    public static void on(String limit) {
        if (!limit.strip().equals("on")) {
            throw new IllegalArgumentException("\"" + limit + "\" is neither on nor off");
        }
    }
}
