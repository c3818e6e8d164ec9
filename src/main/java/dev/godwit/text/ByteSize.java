package dev.godwit.text;

import java.util.List;
import java.util.regex.Pattern;

/// Sizes as people write them: `500MB`, `200 GB`, in powers of 1024 as PostgreSQL's settings count.
public final class ByteSize {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})\\s*(kB|MB|GB|TB)");
    private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB");

    private ByteSize() {}

    /// @return bytes
    /// @throws IllegalArgumentException says what is wrong with it
    public static long parse(String text) {
        var matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no size");
        }
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * (1 + UNITS.indexOf(matcher.group(2)))));
    }
}
