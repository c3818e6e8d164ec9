package dev.godwit.source;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Just enough of SQL's lexical rules to tell a script that does nothing from one that does something.
///
/// Source: PostgreSQL manual, section 4.1.5: `--` to the end of the line, and nested `/* */`.
final class SqlComments {
    private static final Pattern NO_OP =
            Pattern.compile("(?m)^[ \\t]*(?:--|#)[ \\t]*godwit:no-op\\b[ \\t]*([^\\r\\n]*)$");

    private final String text;
    private final int end;
    private int at;

    private SqlComments(String text, int start, int end) {
        this.text = text;
        this.at = start;
        this.end = end;
    }

    /// @return the offset of the first character in the range that is neither white space, comment nor a semicolon
    static OptionalInt firstStatement(String text, int start, int end) {
        SqlComments scan = new SqlComments(text, start, end);
        boolean moved = true;
        while (moved && scan.at < end) {
            moved = scan.skipBlank() || scan.skipLineComment() || scan.skipBlockComment();
        }
        return scan.at < end ? OptionalInt.of(scan.at) : OptionalInt.empty();
    }

    /// @return the reason given, empty text when the line stands there without one
    static Optional<String> noOpReason(String text) {
        Matcher matcher = NO_OP.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }

    private boolean skipBlank() {
        int before = at;
        while (at < end && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == ';')) {
            at++;
        }
        return at > before;
    }

    private boolean skipLineComment() {
        if (!text.startsWith("--", at)) {
            return false;
        }
        int newline = text.indexOf('\n', at);
        at = newline < 0 ? end : Math.min(end, newline + 1);
        return true;
    }

    private boolean skipBlockComment() {
        if (!text.startsWith("/*", at)) {
            return false;
        }
        int depth = 0;
        do {
            depth += stepInBlock();
        } while (depth > 0 && at < end);
        return true;
    }

    /// Moves past one opening, one closing or one other character, and says how the depth changes.
    private int stepInBlock() {
        if (text.startsWith("/*", at)) {
            at += 2;
            return 1;
        }
        if (text.startsWith("*/", at)) {
            at += 2;
            return -1;
        }
        at++;
        return 0;
    }
}
