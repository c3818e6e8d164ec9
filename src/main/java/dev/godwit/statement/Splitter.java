package dev.godwit.statement;

import dev.godwit.statement.Token.Kind;
import dev.godwit.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts a script at the semicolons that end statements: not those in strings, comments and dollar quotes, nor in
/// parentheses (`CREATE RULE … DO (a; b)`), nor in the body of `CREATE FUNCTION … BEGIN ATOMIC …; …; END`.
final class Splitter {
    private final String text;
    private final Scanner scanner;
    private final List<Token> comments = new ArrayList<>();
    private final List<Token> opening = new ArrayList<>();
    private Optional<Token> junk = Optional.empty();
    private int depth;
    private boolean atomic;
    private Token previous = new Token(Kind.SEMICOLON, 0, 0);

    private Splitter(String text, int from) {
        this.text = text;
        this.scanner = new Scanner(text, from);
    }

    /// @return the first piece at or behind an offset; empty when no token follows
    static Optional<Piece> pieceFrom(String text, int offset) {
        return new Splitter(text, offset).piece();
    }

    /// @return behind the first semicolon at or behind an offset, whatever is around it; else the end of the text
    static int behindNextSemicolon(String text, int offset) {
        Scanner scanner = new Scanner(text, offset);
        Token token = scanner.next();
        while (token.kind() != Kind.SEMICOLON && token.kind() != Kind.END) {
            token = scanner.next();
        }
        return token.end();
    }

    private Optional<Piece> piece() {
        Token first = firstToken();
        if (first.kind() == Kind.END) {
            return Optional.empty();
        }
        int end = first.start();
        Token token = first;
        while (!endsPiece(token)) {
            if (!token.isComment()) {
                follow(token);
                end = token.end();
            }
            token = scanner.next();
        }
        boolean complete = depth == 0 && !atomic;
        return Optional.of(new Piece(List.copyOf(comments), new Span(first.start(), end), token.end(), complete, junk));
    }

    private Token firstToken() {
        Token token = scanner.next();
        while (token.isComment() || token.kind() == Kind.SEMICOLON) {
            if (token.isComment()) {
                comments.add(token);
            } else {
                comments.clear();
            }
            token = scanner.next();
        }
        return token;
    }

    private boolean endsPiece(Token token) {
        return token.kind() == Kind.END || (token.kind() == Kind.SEMICOLON && depth == 0 && !atomic);
    }

    private void follow(Token token) {
        if (token.kind() == Kind.OPEN) {
            depth++;
        } else if (token.kind() == Kind.CLOSE) {
            depth = Math.max(0, depth - 1);
        } else if (depth == 0) {
            followBody(token);
        }
        if (token.kind() == Kind.JUNK_PARAMETER && junk.isEmpty()) {
            junk = Optional.of(token);
        }
        if (opening.size() < 4) {
            opening.add(token);
        }
        previous = token;
    }

    /// `END` closes the body where a statement would begin, and nowhere else: it closes `CASE` too, and may even be a
    /// column's label.
    private void followBody(Token token) {
        if (token.is("atomic", text) && previous.is("begin", text) && createsRoutine()) {
            atomic = true;
        } else if (atomic && token.is("end", text)) {
            atomic = previous.kind() != Kind.SEMICOLON && !previous.is("atomic", text);
        }
    }

    private boolean createsRoutine() {
        boolean replaces = opens(1, "or") && opens(2, "replace");
        int noun = replaces ? 3 : 1;
        return opens(0, "create") && (opens(noun, "function") || opens(noun, "procedure"));
    }

    private boolean opens(int index, String word) {
        return index < opening.size() && opening.get(index).is(word, text);
    }
}
