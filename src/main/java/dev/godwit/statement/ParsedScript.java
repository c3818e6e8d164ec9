package dev.godwit.statement;

import static java.util.Objects.requireNonNull;

import dev.godwit.text.SourceText;
import java.util.List;

/// A script as PostgreSQL 18 reads it: the statements it accepts, and a problem for each that it does not.
///
/// @param statements in their order in the text; a broken statement is missing here and hides no other
/// @param problems in their order in the text; one in a PL/pgSQL body lies within a statement that is not missing
public record ParsedScript(SourceText source, List<ParsedStatement> statements, List<SyntaxProblem> problems) {
    public ParsedScript {
        requireNonNull(source);
        statements = List.copyOf(statements);
        problems = List.copyOf(problems);
    }
}
