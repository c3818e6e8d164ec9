package dev.godwit.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The tokens of one statement, for changing its text in one place and leaving the rest as its author wrote it.
///
/// Only for statements that the grammar has accepted: a string that does not end cannot occur.
///
/// Source: PostgreSQL manual, section 4.1.
final class Tokens {
    /// Each alternative is one token; white space and line comments are left out, block comments nest and are handled
    /// by hand. A string with backslashes is one whose prefix is `E`.
    private static final Pattern TOKEN = Pattern.compile("""
            (?<blank>\\s+|--[^\\r\\n]*)
            |(?<dollar>\\$(?<tag>(?:[\\p{L}_\\x80-\\uFFFF][\\p{L}\\p{N}_\\x80-\\uFFFF]*)?)\\$)
            |(?<escaped>[eE]'(?:[^'\\\\]|\\\\.|'')*+')
            |(?<string>(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*+')
            |(?:[uU]&)?"(?<quoted>(?:[^"]|"")*+)"
            |(?<word>[\\p{L}_\\x80-\\uFFFF][\\p{L}\\p{N}_$\\x80-\\uFFFF]*)
            |(?<number>[0-9](?:[\\p{L}\\p{N}_.])*)
            |(?<other>.)""", Pattern.COMMENTS | Pattern.DOTALL);

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int depth;

    private Tokens(String text) {
        this.text = text;
    }

    static List<Token> of(String statement) {
        Tokens scan = new Tokens(statement);
        int at = 0;
        while (at < statement.length()) {
            at = statement.startsWith("/*", at) ? scan.commentEnd(at) : scan.next(at);
        }
        return List.copyOf(scan.tokens);
    }

    private int commentEnd(int start) {
        int nesting = 0;
        for (int at = start; at < text.length(); ) {
            nesting += text.startsWith("/*", at) ? 1 : 0;
            nesting -= text.startsWith("*/", at) ? 1 : 0;
            at += text.startsWith("/*", at) || text.startsWith("*/", at) ? 2 : 1;
            if (nesting == 0) {
                return at;
            }
        }
        return text.length();
    }

    private int next(int start) {
        Matcher matcher = TOKEN.matcher(text).region(start, text.length());
        if (!matcher.lookingAt()) {
            throw new IllegalStateException("no token at " + start);
        }
        if (matcher.group("dollar") != null) {
            return dollarString(start, matcher.group("dollar"));
        }
        add(matcher);
        return matcher.end();
    }

    private int dollarString(int start, String delimiter) {
        int close = text.indexOf(delimiter, start + delimiter.length());
        int end = close < 0 ? text.length() : close + delimiter.length();
        tokens.add(new Token(Token.Kind.OTHER, text.substring(start, end), start, end, depth));
        return end;
    }

    private void add(Matcher matcher) {
        if (matcher.group("word") != null) {
            keep(matcher, Token.Kind.WORD, matcher.group("word").toLowerCase(Locale.ROOT));
        } else if (matcher.group("quoted") != null) {
            keep(matcher, Token.Kind.QUOTED, matcher.group("quoted").replace("\"\"", "\""));
        } else if (matcher.group("blank") == null) {
            addOther(matcher);
        }
    }

    private void addOther(Matcher matcher) {
        boolean closes = matcher.group().equals(")") || matcher.group().equals("]");
        boolean opens = matcher.group().equals("(") || matcher.group().equals("[");
        depth -= closes ? 1 : 0;
        keep(matcher, Token.Kind.OTHER, matcher.group());
        depth += opens ? 1 : 0;
    }

    private void keep(Matcher matcher, Token.Kind kind, String value) {
        tokens.add(new Token(kind, value, matcher.start(), matcher.end(), depth));
    }

    /// @return the index of the first such word outside of all parentheses that is not a name after a dot
    static OptionalInt outerWord(List<Token> tokens, String word, int from) {
        for (int i = from; i < tokens.size(); i++) {
            boolean afterDot = i > 0 && tokens.get(i - 1).isSymbol(".");
            if (tokens.get(i).depth() == 0 && tokens.get(i).isWord(word) && !afterDot) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /// @param first the index of a name's first part
    /// @return the index after the last part of a dotted name
    static int afterName(List<Token> tokens, int first) {
        int at = first + 1;
        while (at + 1 < tokens.size() && tokens.get(at).isSymbol(".")) {
            at += 2;
        }
        return at;
    }
}
