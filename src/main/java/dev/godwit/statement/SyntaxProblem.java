package dev.godwit.statement;

import static java.util.Objects.requireNonNull;

/// A place that PostgreSQL does not accept.
///
/// @param message in the server's own words, `syntax error at or near "FORM"`
/// @param offset UTF-16, into the script's text
public record SyntaxProblem(String message, int offset) {
    public SyntaxProblem {
        requireNonNull(message);
    }
}
