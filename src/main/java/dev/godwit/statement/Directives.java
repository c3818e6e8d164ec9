package dev.godwit.statement;

import dev.godwit.text.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds directives among the comments above a statement.
///
/// A directive has its line to itself; other comments and empty lines may stand between it and its statement.
final class Directives {
    private static final Pattern FORM =
            Pattern.compile("--\\s*godwit:([A-Za-z][A-Za-z0-9-]*)(?:\\s+(.*))?", Pattern.DOTALL);

    private Directives() {}

    static List<Directive> among(List<Token> comments, String text) {
        return comments.stream()
                .filter(comment -> comment.kind() == Token.Kind.LINE_COMMENT && isAlone(comment, text))
                .flatMap(comment -> read(comment, text).stream())
                .toList();
    }

    private static Optional<Directive> read(Token comment, String text) {
        Matcher form = FORM.matcher(text.substring(comment.start(), comment.end()));
        if (!form.matches()) {
            return Optional.empty();
        }
        String argument = form.group(2) == null ? "" : form.group(2).strip();
        Span span = new Span(comment.start(), comment.end());
        return Optional.of(new Directive(form.group(1).toLowerCase(Locale.ROOT), argument, span));
    }

    private static boolean isAlone(Token comment, String text) {
        int before = comment.start() - 1;
        while (before >= 0 && text.charAt(before) != '\n' && Scanner.isWhitespace(text.charAt(before))) {
            before--;
        }
        return before < 0 || text.charAt(before) == '\n';
    }
}
