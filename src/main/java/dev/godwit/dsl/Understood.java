package dev.godwit.dsl;

import dev.godwit.statement.Directive;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.ParsedStatement;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A statement, and what is understood of it.
///
/// @param sql with the comments above it
/// @param comments without their signs
/// @param changes empty when it stays SQL; so does what carries a word for Godwit, which is read in SQL only
record Understood(ParsedStatement statement, String sql, List<String> comments, Optional<List<Ddl>> changes) {
    Understood {
        comments = List.copyOf(comments);
    }

    static List<Understood> of(ParsedScript script) {
        return of(script, DdlReader::read);
    }

    /// @param up what the script undoes
    static List<Understood> back(ParsedScript script, ParsedScript up) {
        return of(script, statement -> DdlReader.readBack(statement, up));
    }

    static List<Understood> nothing(ParsedScript script) {
        return of(script, _ -> Optional.empty());
    }

    private static List<Understood> of(ParsedScript script, Function<ParsedStatement, Optional<List<Ddl>>> reader) {
        SqlComments comments = new SqlComments(script);
        return script.statements().stream()
                .map(one -> new Understood(
                        one,
                        comments.withSql(one),
                        comments.of(one),
                        one.directives().isEmpty()
                                ? reader.apply(one).filter(Understood::areOneByOne)
                                : Optional.empty()))
                .toList();
    }

    /// Several changes of types are one pass over the table when they stand together.
    private static boolean areOneByOne(List<Ddl> changes) {
        return changes.size() < 2 || changes.stream().noneMatch(Ddl.AlterType.class::isInstance);
    }

    static List<Ddl> changes(List<Understood> statements) {
        return statements.stream()
                .flatMap(one -> one.changes().stream())
                .flatMap(List::stream)
                .toList();
    }

    boolean isChange() {
        return changes.isPresent();
    }

    List<Directive> directives() {
        return statement.directives();
    }

    /// @return the comments as Ruby's
    List<String> ruby() {
        return comments.stream().map(line -> "# " + line).toList();
    }
}
