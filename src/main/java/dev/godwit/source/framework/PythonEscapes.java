package dev.godwit.source.framework;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Backslashes in a string of Python.
final class PythonEscapes {
    private static final Pattern ESCAPE = Pattern.compile(
            "\\\\(?:(\\r?\\n)|([0-7]{1,3})|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", Pattern.DOTALL);

    private PythonEscapes() {}

    static String resolve(String raw) {
        return raw.indexOf('\\') < 0
                ? raw
                : ESCAPE.matcher(raw).replaceAll(match -> Matcher.quoteReplacement(meaning(match)));
    }

    private static String meaning(MatchResult match) {
        if (match.group(1) != null) {
            return "";
        }
        if (match.group(2) != null) {
            return Character.toString(Integer.parseInt(match.group(2), 8));
        }
        for (int group = 3; group <= 5; group++) {
            if (match.group(group) != null) {
                return codePoint(match.group(group), match.group());
            }
        }
        return letter(match.group(6), match.group());
    }

    private static String codePoint(String hex, String written) {
        long value = Long.parseLong(hex, 16);
        return value > Character.MAX_CODE_POINT ? written : Character.toString((int) value);
    }

    /// Python leaves a backslash standing that means nothing.
    private static String letter(String letter, String written) {
        return switch (letter) {
            case "n" -> "\n";
            case "t" -> "\t";
            case "r" -> "\r";
            case "a" -> "\u0007";
            case "b" -> "\b";
            case "f" -> "\f";
            case "v" -> "\u000B";
            case "\\", "'", "\"" -> letter;
            default -> written;
        };
    }
}
