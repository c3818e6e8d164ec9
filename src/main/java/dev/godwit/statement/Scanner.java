package dev.godwit.statement;

import dev.godwit.statement.Token.Kind;

/// Finds where tokens begin and end, as PostgreSQL's own lexer does.
///
/// Source: `src/backend/parser/scan.l` of PostgreSQL 18, with `standard_conforming_strings` on: a backslash means
/// something in `E'…'` only.
final class Scanner {
    private final String text;
    private int at;

    Scanner(String text, int from) {
        this.text = text;
        this.at = from;
    }

    Token next() {
        skipWhitespace();
        int start = at;
        Kind kind = read();
        return new Token(kind, start, at);
    }

    private void skipWhitespace() {
        while (at < text.length() && isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private Kind read() {
        if (at == text.length()) {
            return Kind.END;
        }
        char c = text.charAt(at);
        if (isIdentifierStart(c)) {
            return word();
        }
        return switch (c) {
            case '\'' -> quoted('\'');
            case '"' -> quoted('"');
            case '$' -> dollar();
            case '-' -> ahead("--") ? lineComment() : single(Kind.OTHER);
            case '/' -> ahead("/*") ? blockComment() : single(Kind.OTHER);
            case ';' -> single(Kind.SEMICOLON);
            case '(' -> single(Kind.OPEN);
            case ')' -> single(Kind.CLOSE);
            default -> isDigit(c) ? number() : single(Kind.OTHER);
        };
    }

    private Kind single(Kind kind) {
        at++;
        return kind;
    }

    private boolean ahead(String expected) {
        return text.startsWith(expected, at);
    }

    /// A word, or the letter before a string: `E'…'`, `B'…'`, `X'…'`, `N'…'`, `U&'…'`, `U&"…"`.
    private Kind word() {
        int start = at;
        while (at < text.length() && isIdentifierPart(text.charAt(at))) {
            at++;
        }
        if (at - start != 1 || at == text.length()) {
            return Kind.WORD;
        }
        return switch (Character.toLowerCase(text.charAt(start))) {
            case 'e' -> ahead("'") ? escaped() : Kind.WORD;
            case 'b', 'x', 'n' -> ahead("'") ? quoted('\'') : Kind.WORD;
            case 'u' -> unicode();
            default -> Kind.WORD;
        };
    }

    private Kind unicode() {
        if (ahead("&'") || ahead("&\"")) {
            at++;
            return quoted(text.charAt(at));
        }
        return Kind.WORD;
    }

    /// A doubled quote stands for one: two strings side by side read the same here.
    private Kind quoted(char quote) {
        do {
            int end = text.indexOf(quote, at + 1);
            at = end < 0 ? text.length() : end + 1;
        } while (at < text.length() && text.charAt(at) == quote);
        return Kind.QUOTED;
    }

    /// An escape string goes on behind a line break: `E'…'` newline `'…'` is one string, and the second part has
    /// escapes too.
    private Kind escaped() {
        do {
            escapedPart();
        } while (continues());
        return Kind.QUOTED;
    }

    private void escapedPart() {
        at++;
        while (at < text.length() && text.charAt(at) != '\'') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(at + 1, text.length());
    }

    /// Moves to the quote that continues a string, directly or behind white space that holds a line break.
    private boolean continues() {
        if (ahead("'")) {
            return true;
        }
        Scanner gap = new Scanner(text, at);
        boolean newline = gap.skipGap();
        if (newline && gap.ahead("'")) {
            at = gap.at;
            return true;
        }
        return false;
    }

    /// @return whether the white space and the line comments skipped hold a line break; a comment counts only behind
    /// one
    private boolean skipGap() {
        boolean newline = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (newline && ahead("--")) {
                lineComment();
            } else if (isWhitespace(c)) {
                newline |= isLineBreak(c);
                at++;
            } else {
                return newline;
            }
        }
        return newline;
    }

    /// `$$…$$`, `$tag$…$tag$`, or a parameter `$1`.
    private Kind dollar() {
        int tagEnd = tagEnd();
        if (tagEnd < 0) {
            return parameter();
        }
        String delimiter = text.substring(at, tagEnd);
        int end = text.indexOf(delimiter, tagEnd);
        at = end < 0 ? text.length() : end + delimiter.length();
        return Kind.QUOTED;
    }

    private Kind parameter() {
        at++;
        int digits = at;
        number();
        if (at == digits || at == text.length() || !isIdentifierStart(text.charAt(at))) {
            return Kind.OTHER;
        }
        word();
        return Kind.JUNK_PARAMETER;
    }

    private int tagEnd() {
        int end = at + 1;
        while (end < text.length() && isIdentifierPart(text.charAt(end)) && text.charAt(end) != '$') {
            end++;
        }
        boolean closed = end < text.length() && text.charAt(end) == '$';
        return closed && !isDigit(text.charAt(at + 1)) ? end + 1 : -1;
    }

    private Kind lineComment() {
        while (at < text.length() && !isLineBreak(text.charAt(at))) {
            at++;
        }
        return Kind.LINE_COMMENT;
    }

    /// Block comments nest. One without an end counts as a token: the server refuses it.
    private Kind blockComment() {
        int depth = 0;
        do {
            if (ahead("/*")) {
                depth++;
                at += 2;
            } else if (ahead("*/")) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < text.length());
        return depth > 0 ? Kind.OTHER : Kind.BLOCK_COMMENT;
    }

    /// Digits alone: what may follow (`.5e-3`, `0xFF`) cannot be mistaken for anything that matters here.
    private Kind number() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return Kind.OTHER;
    }

    static boolean isWhitespace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u000b';
    }

    private static boolean isLineBreak(char c) {
        return c == '\n' || c == '\r';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// Everything beyond ASCII is a letter to PostgreSQL.
    private static boolean isIdentifierStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    private static boolean isIdentifierPart(char c) {
        return isIdentifierStart(c) || isDigit(c) || c == '$';
    }
}
