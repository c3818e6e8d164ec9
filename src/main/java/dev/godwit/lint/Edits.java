package dev.godwit.lint;

import dev.godwit.statement.Lexeme;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Statement;
import dev.godwit.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds places in a statement's text and changes it there, the rest of it untouched.
public final class Edits {
    private Edits() {}

    /// @return the statement with CONCURRENTLY after its first INDEX
    public static Optional<String> concurrently(ParsedStatement statement) {
        return concurrently(statement, "INDEX");
    }

    /// @param kind the word that the statement has for what it is about: `INDEX`, `TABLE`, …
    /// @return the statement with CONCURRENTLY after that word
    public static Optional<String> concurrently(ParsedStatement statement, String kind) {
        return after(statement.sql(), kind, " CONCURRENTLY");
    }

    private static Optional<String> after(String sql, String word, String insertion) {
        return Lexeme.of(sql).stream()
                .filter(token -> token.isWord(word))
                .findFirst()
                .map(token -> sql.substring(0, token.end()) + insertion + sql.substring(token.end()));
    }

    /// @return where in the script one action of an ALTER TABLE stands; the whole statement when it is the only one
    public static Span action(ParsedStatement statement, int index) {
        if (!(statement.statement() instanceof Statement.AlterTable alter)
                || alter.actions().size() == 1) {
            return statement.span();
        }
        List<Span> parts = parts(statement.sql());
        if (parts.size() != alter.actions().size()) {
            return statement.span();
        }
        Span part = parts.get(index);
        int offset = statement.span().start();
        return new Span(offset + part.start(), offset + part.end());
    }

    /// The actions of ALTER TABLE: the words up to the first action belong to none.
    private static List<Span> parts(String sql) {
        List<Lexeme> tokens = Lexeme.of(sql);
        List<Span> parts = new ArrayList<>();
        int first = firstAction(tokens);
        for (int i = first; i < tokens.size(); i++) {
            boolean last = i + 1 == tokens.size() || isComma(tokens.get(i + 1));
            if (last) {
                parts.add(new Span(tokens.get(first).start(), tokens.get(i).end()));
                first = i + 2;
                i++;
            }
        }
        return parts;
    }

    private static boolean isComma(Lexeme token) {
        return token.isSign(",") && token.depth() == 0;
    }

    /// ALTER TABLE [IF EXISTS] [ONLY] name[.name] [*] action
    private static int firstAction(List<Lexeme> tokens) {
        int at = 2;
        while (at < tokens.size()
                && (tokens.get(at).isWord("IF")
                        || tokens.get(at).isWord("EXISTS")
                        || tokens.get(at).isWord("ONLY"))) {
            at++;
        }
        at++;
        while (at < tokens.size() && tokens.get(at).isSign(".")) {
            at += 2;
        }
        return at < tokens.size() && tokens.get(at).isSign("*") ? at + 1 : at;
    }

    /// @return does the statement end with a closing parenthesis, so that no option follows the list in it?
    public static boolean endsWithList(ParsedStatement statement) {
        List<Lexeme> tokens = Lexeme.of(statement.sql());
        return !tokens.isEmpty() && tokens.getLast().isSign(")");
    }

    public static boolean hasWord(ParsedStatement statement, String word) {
        return Lexeme.of(statement.sql()).stream().anyMatch(token -> token.isWord(word));
    }
}
