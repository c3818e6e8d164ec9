package dev.godwit.source.framework;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the file of a Laravel migration says, as far as its text tells without running it.
///
/// @param code its text without comments and strings
record LaravelText(String code, boolean saysNoOp) {
    private static final Pattern CLASS = Pattern.compile("(?m)^[ \\t]*(?:final[ \\t]+)?class[ \\t]+(\\w+)");
    private static final Pattern ANONYMOUS =
            Pattern.compile("\\breturn[ \\t]+new[ \\t]+(?:#\\[[^\\]]*][ \\t]*)?class\\b");
    private static final Pattern METHOD = Pattern.compile("\\bfunction[ \\t]+(\\w+)[ \\t]*\\([^)]*\\)[^{;]*\\{");
    private static final Pattern NO_TRANSACTION =
            Pattern.compile("(?i)\\$withinTransaction[ \\t]*=[ \\t]*false[ \\t]*;");
    private static final Pattern NO_OP = Pattern.compile("(?m)^[ \\t/*#]*--[ \\t]*godwit:no-op[ \\t]+\\S");

    static LaravelText of(String content) {
        return new LaravelText(
                CodeMask.PHP.code(content), NO_OP.matcher(content).find());
    }

    boolean withoutTransaction() {
        return NO_TRANSACTION.matcher(code).find();
    }

    boolean isAnonymous() {
        return ANONYMOUS.matcher(code).find();
    }

    /// @return the first class with a name
    Optional<String> className() {
        Matcher matcher = CLASS.matcher(code);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    boolean hasUp() {
        return body("up").isPresent();
    }

    /// `make:migration` writes an empty `down`, so an empty one says nothing.
    boolean hasDown() {
        return body("down").filter(body -> saysNoOp || !body.isBlank()).isPresent();
    }

    boolean saysVoid() {
        return code.matches("(?s).*\\bfunction[ \\t]+up\\(\\)[ \\t]*:[ \\t]*void\\b.*");
    }

    /// @return what stands between a method's braces
    private Optional<String> body(String method) {
        Matcher matcher = METHOD.matcher(code);
        while (matcher.find()) {
            if (matcher.group(1).equals(method)) {
                return Optional.of(code.substring(matcher.end(), close(matcher.end())));
            }
        }
        return Optional.empty();
    }

    private int close(int from) {
        int depth = 1;
        for (int at = from; at < code.length(); at++) {
            depth += code.charAt(at) == '{' ? 1 : code.charAt(at) == '}' ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        return code.length();
    }
}
