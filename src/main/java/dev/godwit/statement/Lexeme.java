package dev.godwit.statement;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/// One token of a statement, for whoever changes its text in one place and leaves the rest as its author wrote it.
/// Comments are left out, and what is in strings and quotes is never taken for SQL.
///
/// @param start UTF-16, into the text given
/// @param depth how many parentheses and brackets are open around it; those themselves count as outside
public record Lexeme(Kind kind, String text, int start, int end, int depth) {
    /// What a token is.
    public enum Kind {
        /// A keyword or a name without quotes.
        WORD,
        /// A quoted name or any form of string.
        QUOTED,
        /// A number, a comma, a bracket, one character or more of an operator.
        SIGN
    }

    public Lexeme {
        requireNonNull(kind);
        requireNonNull(text);
    }

    public static List<Lexeme> of(String sql) {
        Scanner scanner = new Scanner(sql, 0);
        List<Lexeme> found = new ArrayList<>();
        int depth = 0;
        for (Token token = scanner.next(); token.kind() != Token.Kind.END; token = scanner.next()) {
            if (token.isComment()) {
                continue;
            }
            String text = sql.substring(token.start(), token.end());
            depth -= text.equals(")") || text.equals("]") ? 1 : 0;
            found.add(new Lexeme(kind(token), text, token.start(), token.end(), depth));
            depth += text.equals("(") || text.equals("[") ? 1 : 0;
        }
        return found;
    }

    private static Kind kind(Token token) {
        return switch (token.kind()) {
            case WORD -> Kind.WORD;
            case QUOTED -> Kind.QUOTED;
            case SEMICOLON, OPEN, CLOSE, JUNK_PARAMETER, OTHER -> Kind.SIGN;
            case LINE_COMMENT, BLOCK_COMMENT, END -> throw new IllegalArgumentException("no lexeme: " + token);
        };
    }

    public boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    public boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }
}
