package dev.godwit.statement;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.text.SourceText;
import dev.godwit.text.Span;
import java.util.Optional;

/// PostgreSQL's own word on a text, without running any of it.
///
/// A server parses the whole text of a simple query before it runs the first statement. So a division by zero in front
/// is what it reports for every text that it can parse, and a syntax error is reported instead of it.
record ServerGrammar(Session session) {
    private static final String GUARD = "SELECT 1/0; ";
    private static final String DIVISION_BY_ZERO = "22012";

    /// A rejection as both sides can tell it.
    ///
    /// @param message class 22 quotes values, which Godwit's sessions cut: cut here too
    /// @param character counted from 1
    record Rejection(String message, int character) {
        static Rejection of(String message, int character) {
            return new Rejection(
                    message.startsWith("invalid") ? message.replaceAll("(?s)\".*\"", "…") : message, character);
        }
    }

    /// @return empty when the server accepts
    Optional<Rejection> ask(String sql) {
        try {
            session.execute(GUARD + sql);
        } catch (DatabaseException error) {
            return error.sqlState().equals(DIVISION_BY_ZERO)
                    ? Optional.empty()
                    : Optional.of(
                            Rejection.of(error.serverMessage(), error.position().orElse(0) - GUARD.length()));
        }
        throw new AssertionError("the guard did not stop the server: " + sql);
    }

    /// @return the first problem that Godwit finds in SQL; a server looks into bodies only when it runs the statement
    static Optional<Rejection> askGodwit(String sql) {
        ParsedScript script = Scripts.parse(new SourceText("a.sql", sql));
        return script.problems().stream()
                .filter(problem -> script.statements().stream().noneMatch(s -> contains(s.span(), problem.offset())))
                .findFirst()
                .map(problem -> Rejection.of(problem.message(), sql.codePointCount(0, problem.offset()) + 1));
    }

    private static boolean contains(Span span, int offset) {
        return span.start() <= offset && offset < span.end();
    }
}
