package dev.godwit.source.framework;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A string literal of Python. Source: The Python Language Reference, 2.4.1.
record PythonString(PythonToken token) {
    private static final Pattern OPENING = Pattern.compile("([A-Za-z]{0,2})(\"\"\"|'''|\"|')");

    /// @return whether a string begins here: its prefix, if any, is one that Python knows
    static boolean beginsAt(String content, int offset) {
        Matcher opening = OPENING.matcher(content).region(offset, Math.min(content.length(), offset + 5));
        return opening.lookingAt() && prefix(opening).matches("|[rbuf]|br|rb|fr|rf");
    }

    private static String prefix(Matcher opening) {
        return opening.group(1).toLowerCase(Locale.ROOT);
    }

    /// Reads to the closing quote; one that is missing counts as standing at the end of the line, or of the file.
    static PythonString at(String content, int offset) {
        Matcher opening = OPENING.matcher(content).region(offset, content.length());
        if (!opening.lookingAt()) {
            throw new IllegalArgumentException("no string begins at " + offset);
        }
        String prefix = prefix(opening);
        String quote = opening.group(2);
        int from = opening.end();
        int to = closing(content, from, quote);
        String raw = content.substring(from, to);
        PythonToken.Kind kind = prefix.contains("f") ? PythonToken.Kind.FORMATTED : PythonToken.Kind.STRING;
        int end = Math.min(content.length(), content.startsWith(quote, to) ? to + quote.length() : to);
        return new PythonString(
                new PythonToken(kind, prefix.contains("r") ? raw : PythonEscapes.resolve(raw), offset, end));
    }

    private static int closing(String content, int from, String quote) {
        boolean overLines = quote.length() == 3;
        int at = from;
        while (at < content.length() && !content.startsWith(quote, at)) {
            if (content.charAt(at) == '\n' && !overLines) {
                return at;
            }
            at += content.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, content.length());
    }
}
