package dev.godwit.statement;

import static java.util.Objects.requireNonNull;

import dev.godwit.text.Span;

/// A comment line for Godwit directly above a statement: `-- godwit:NAME argument`.
///
/// @param name lower-case, without the prefix: `ignore`, `backfill`, `no-op`
/// @param argument the rest of the line, trimmed; empty when there is none
/// @param span from the two dashes to the end of the line, without the line's ending
public record Directive(String name, String argument, Span span) {
    public Directive {
        requireNonNull(name);
        requireNonNull(argument);
        requireNonNull(span);
    }
}
