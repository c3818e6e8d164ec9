package dev.godwit.command;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.source.Script;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Scripts;
import dev.godwit.statement.Statement;
import dev.godwit.text.SourceText;
import dev.godwit.text.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a command sent in one run, as the pieces in which it sent it: a text of several statements is
/// one, because the server answers it as one. A later run of the same command finds its statements
/// here, with other values too.
final class ToolScript {
    /// Of statements that differ in their values only, that many stand for all.
    private static final int ALIKE = 5;

    private final Script script;
    private final List<Piece> pieces;

    /// @param shape of the text as it was sent, comments included
    private record Piece(String shape, ParsedStatement statement) {}

    private ToolScript(Script script, List<Piece> pieces) {
        this.script = script;
        this.pieces = List.copyOf(pieces);
    }

    /// @param name of the script, for people
    /// @param own tables that the command keeps for itself
    static ToolScript of(String name, List<Heard> heard, Set<QualifiedName> own) {
        List<Heard> kept = withoutMany(heard);
        Bookkeeping bookkeeping = new Bookkeeping(own);
        List<Piece> pieces = new ArrayList<>();
        kept.stream()
                .filter(one -> !one.failed())
                .forEach(one -> piece(one.sql(), pieces.size(), bookkeeping).ifPresent(pieces::add));
        return new ToolScript(HeardScript.of(name, kept, own), pieces);
    }

    /// Those that open or close a transaction all stay.
    private static List<Heard> withoutMany(List<Heard> heard) {
        Map<String, Integer> counts = new HashMap<>();
        return heard.stream()
                .filter(one -> one.inBlock() != one.leavesBlock()
                        || counts.merge(Shape.of(one.sql()), 1, Integer::sum) <= ALIKE)
                .toList();
    }

    /// @param number makes a piece another than one of the same text before it
    private static Optional<Piece> piece(String sql, int number, Bookkeeping bookkeeping) {
        List<ParsedStatement> own = Scripts.parse(new SourceText("heard", sql)).statements().stream()
                .filter(one -> !(one.statement() instanceof Statement.TransactionControl) && !bookkeeping.is(one))
                .toList();
        if (own.isEmpty()) {
            return Optional.empty();
        }
        ParsedStatement first = own.getFirst();
        boolean one = own.size() == 1;
        ParsedStatement statement = new ParsedStatement(
                new Span(number, number + 1),
                Shape.withoutSecrets(one ? first.sql() : sql.strip(), isRows(own)),
                one ? first.statement() : new Statement.Other("several"),
                List.of());
        return Optional.of(new Piece(Shape.of(sql), statement));
    }

    private static boolean isRows(List<ParsedStatement> statements) {
        return statements.stream()
                .map(ParsedStatement::statement)
                .anyMatch(one -> one instanceof Statement.InsertRows
                        || one instanceof Statement.UpdateRows
                        || one instanceof Statement.DeleteRows);
    }

    /// @return the same as SQL
    Script script() {
        return script;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    Run run() {
        return new Run();
    }

    /// One run of the command through the script.
    final class Run {
        private final Set<Integer> passed = new HashSet<>();
        private int next;

        /// @return the piece that is to come, as far as the runs are alike
        Optional<ParsedStatement> expected() {
            return next < pieces.size() ? Optional.of(pieces.get(next).statement()) : Optional.empty();
        }

        /// @return the piece that this is, the next of its shape or else the last; empty for what the
        ///     command says for itself, and for what it never said
        Optional<ParsedStatement> find(String sql) {
            String shape = Shape.of(sql);
            int found = -1;
            for (int i = 0; i < pieces.size() && (found < 0 || passed.contains(found)); i++) {
                found = pieces.get(i).shape().equals(shape) ? i : found;
            }
            if (found < 0) {
                return Optional.empty();
            }
            passed.add(found);
            next = found + 1;
            return Optional.of(pieces.get(found).statement());
        }
    }
}
