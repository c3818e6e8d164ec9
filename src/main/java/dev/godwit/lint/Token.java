package dev.godwit.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A word or sign of a statement, just fine enough to edit its text: what is in strings, quotes and comments is never
/// taken for SQL.
///
/// @param depth how many parentheses are open around it
record Token(Kind kind, int start, int end, String text, int depth) {
    /// What a token is.
    enum Kind {
        WORD,
        /// A string, a quoted identifier, a number.
        VALUE,
        SIGN
    }

    /// In this order: comments, dollar quotes, strings (an `E''` with its backslashes), quoted names, words, numbers,
    /// any other sign. Possessive, so that a long literal costs no stack.
    private static final Pattern SHAPE =
            Pattern.compile("(?<skip>\\s++|--[^\\n]*+|/\\*(?:[^*/]++|\\*(?!/)|/(?!\\*))*+\\*/)"
                    + "|(?<value>\\$(?<tag>\\w*+)\\$(?s:.*?)\\$\\k<tag>\\$|[eE]'(?:[^'\\\\]++|''|\\\\.)*+'|'(?:[^']++|'')*+'"
                    + "|\"(?:[^\"]++|\"\")*+\"|\\d[\\w.]*+)"
                    + "|(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*+)"
                    + "|(?<sign>(?s:.))");

    static List<Token> of(String sql) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = SHAPE.matcher(sql);
        int depth = 0;
        while (matcher.find()) {
            if (matcher.group("skip") != null) {
                continue;
            }
            String text = matcher.group();
            depth -= text.equals(")") ? 1 : 0;
            tokens.add(new Token(kind(matcher), matcher.start(), matcher.end(), text, depth));
            depth += text.equals("(") ? 1 : 0;
        }
        return tokens;
    }

    private static Kind kind(Matcher matcher) {
        if (matcher.group("word") != null) {
            return Kind.WORD;
        }
        return matcher.group("value") != null ? Kind.VALUE : Kind.SIGN;
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }
}
