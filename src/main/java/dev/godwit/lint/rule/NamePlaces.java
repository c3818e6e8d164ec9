package dev.godwit.lint.rule;

import dev.godwit.statement.Lexeme;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.text.Span;
import java.util.Locale;

/// Finds names in a statement's text.
final class NamePlaces {
    private NamePlaces() {}

    /// @return where the name stands for the first time in the statement; the whole statement when it is nowhere
    static Span span(ParsedStatement statement, String name) {
        int offset = statement.span().start();
        return Lexeme.of(statement.sql()).stream()
                .filter(token -> token.depth() > 0 && means(token, name))
                .findFirst()
                .map(token -> new Span(offset + token.start(), offset + token.end()))
                .orElse(statement.span());
    }

    static boolean means(Lexeme token, String name) {
        return switch (token.kind()) {
            case WORD -> token.text().toLowerCase(Locale.ROOT).equals(name);
            case QUOTED -> token.text().equals("\"" + name.replace("\"", "\"\"") + "\"");
            case SIGN -> false;
        };
    }
}
