package dev.godwit.statement;

import static java.util.Objects.requireNonNull;

import dev.godwit.text.Span;
import java.util.List;

/// One statement of a script.
///
/// @param span from its first token (not from a comment above it) to before its `;`
/// @param sql the text of the span
/// @param directives the comment lines `-- godwit:…` directly above it, in their order
public record ParsedStatement(Span span, String sql, Statement statement, List<Directive> directives) {
    public ParsedStatement {
        requireNonNull(span);
        requireNonNull(sql);
        requireNonNull(statement);
        directives = List.copyOf(directives);
    }
}
