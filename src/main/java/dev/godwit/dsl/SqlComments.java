package dev.godwit.dsl;

import dev.godwit.statement.Lexeme;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The comments of a script, statement by statement.
final class SqlComments {
    private static final Pattern LINE = Pattern.compile("--([^\\n]*)");

    private final String content;
    private final List<ParsedStatement> statements;

    SqlComments(ParsedScript script) {
        this.content = script.source().content();
        this.statements = script.statements();
    }

    /// @return the text before the statement that belongs to it: from the end of the one before it
    private String above(ParsedStatement statement) {
        int index = statements.indexOf(statement);
        int from = index == 0 ? 0 : statements.get(index - 1).span().end();
        return content.substring(from, statement.span().start()).replaceFirst("^\\s*;", "");
    }

    /// @return without the signs of a comment, in order, those in the statement too
    List<String> of(ParsedStatement statement) {
        return Stream.concat(Stream.of(above(statement)), gaps(statement))
                .flatMap(SqlComments::comments)
                .toList();
    }

    private static Stream<String> gaps(ParsedStatement statement) {
        List<Lexeme> lexemes = Lexeme.of(statement.sql());
        List<String> gaps = new ArrayList<>();
        for (int i = 1; i < lexemes.size(); i++) {
            gaps.add(statement
                    .sql()
                    .substring(lexemes.get(i - 1).end(), lexemes.get(i).start()));
        }
        return gaps.stream();
    }

    private static Stream<String> comments(String gap) {
        String flat = gap.replace("/*", "--").replace("*/", "");
        boolean block = gap.contains("/*");
        return block
                ? flat.lines().map(line -> line.replace("--", "").strip()).filter(line -> !line.isEmpty())
                : LINE.matcher(gap)
                        .results()
                        .map((MatchResult comment) -> comment.group(1).strip())
                        .filter(line -> !line.isEmpty());
    }

    /// @return the statement's own text below the comments above it
    String withSql(ParsedStatement statement) {
        String above = above(statement).strip();
        String text = (above.isEmpty() ? "" : above + "\n") + margin(statement) + statement.sql();
        return text.replace("\r\n", "\n");
    }

    /// What stands before the statement on its line tells how far its other lines are indented.
    private String margin(ParsedStatement statement) {
        Span span = statement.span();
        int line = content.lastIndexOf('\n', span.start() - 1) + 1;
        String before = content.substring(line, span.start());
        return before.isBlank() ? before : "";
    }

    static boolean hasLiteralOverLines(ParsedStatement statement) {
        return Lexeme.of(statement.sql()).stream()
                .anyMatch(lexeme ->
                        lexeme.kind() == Lexeme.Kind.QUOTED && lexeme.text().indexOf('\n') >= 0);
    }
}
