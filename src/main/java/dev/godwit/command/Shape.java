package dev.godwit.command;

import java.util.Locale;
import java.util.regex.Pattern;

/// What stays of a statement when its values change: its text without what stands in quotes, without
/// digits, and with single spaces. Reads the text once, however long it is.
final class Shape {
    private static final Pattern TEXT = Pattern.compile("()'[^']*+'");
    private static final Pattern PASSWORD = Pattern.compile("(?i)(password\\s+[eu&]{0,2})'[^']*+'");

    private Shape() {}

    static String of(String sql) {
        StringBuilder shape = new StringBuilder();
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c == '\'') {
                i = closing(sql, i);
                shape.append(endsWith(shape, '?') ? "" : "?");
            } else if (c >= '0' && c <= '9') {
                shape.append(endsWith(shape, '?') ? "" : "?");
            } else if (Character.isWhitespace(c)) {
                shape.append(endsWith(shape, ' ') ? "" : " ");
            } else {
                shape.append(c);
            }
        }
        return shape.toString().strip().replaceAll("[; ]+$", "").toLowerCase(Locale.ROOT);
    }

    /// A statement as evidence may show it: a role's password is not in it, and where it writes rows,
    /// neither is any text of theirs.
    ///
    /// @param rows whether it writes rows
    static String withoutSecrets(String sql, boolean rows) {
        return (rows ? TEXT : PASSWORD).matcher(sql).replaceAll("$1'?'");
    }

    private static boolean endsWith(StringBuilder shape, char c) {
        return !shape.isEmpty() && shape.charAt(shape.length() - 1) == c;
    }

    private static int closing(String sql, int open) {
        int close = sql.indexOf('\'', open + 1);
        return close < 0 ? sql.length() : close;
    }
}
