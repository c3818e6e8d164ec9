package dev.godwit.statement;

import dev.godwit.text.SourceText;
import dev.godwit.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Reads one script, statement by statement: the tree of a big script is never whole in memory, and a broken statement
/// hides no other.
///
/// The verdict is the server's all the same. Its parser goes from left to right and looks one token ahead, so that it
/// finds in the whole text the first error that it finds in the first bad statement with its semicolon.
final class ScriptParser {
    /// A text with so many errors is not SQL; reading on would only cost time.
    private static final int MOST_PROBLEMS = 100;

    /// In UTF-16 units. A tree takes some twenty times its statement.
    private static final int LONGEST_STATEMENT = 16 << 20;

    private final SourceText source;
    private final String text;
    private final GrammarPool grammars;
    private final Predicate<String> skipped;
    private final StatementFolder folder = new StatementFolder();
    private final List<ParsedStatement> statements = new ArrayList<>();
    private final List<SyntaxProblem> problems = new ArrayList<>();
    private Optional<Piece> piece;
    private int allProblems;

    /// @param skipped told a statement's text: need it not be read? One with a directive above it always is
    ScriptParser(SourceText source, GrammarPool grammars, Predicate<String> skipped) {
        this.source = source;
        this.skipped = skipped;
        this.text = source.content();
        this.grammars = grammars;
        this.piece = Splitter.pieceFrom(text, 0);
    }

    boolean isAtEnd() {
        return piece.isEmpty() || allProblems >= MOST_PROBLEMS;
    }

    /// @param most how many statements it reads from where it stands
    ParsedScript next(int most) {
        statements.clear();
        problems.clear();
        while (!isAtEnd() && statements.size() < most) {
            int before = problems.size();
            Piece here = piece.orElseThrow();
            piece = Splitter.pieceFrom(text, isSkipped(here) ? here.next() : read(here));
            allProblems += problems.size() - before;
        }
        return new ParsedScript(source, statements, problems);
    }

    private boolean isSkipped(Piece piece) {
        return piece.complete()
                && piece.junk().isEmpty()
                && Directives.among(piece.comments(), text).isEmpty()
                && skipped.test(source.slice(piece.span()));
    }

    /// @return where to go on
    private int read(Piece piece) {
        Utf8 part = new Utf8(
                text.substring(piece.span().start(), piece.next()), piece.span().start());
        Optional<SyntaxProblem> unreadable = unreadable(part);
        return unreadable.isPresent() ? reject(piece, unreadable.get()) : readSafely(piece, part);
    }

    private static Optional<SyntaxProblem> unreadable(Utf8 part) {
        int nul = part.part().indexOf('\0');
        if (nul >= 0) {
            return Optional.of(new SyntaxProblem("a NUL byte cannot stand in SQL", part.start() + nul));
        }
        return part.part().length() > LONGEST_STATEMENT
                ? Optional.of(
                        new SyntaxProblem("this statement is over 16 MB long, more than Godwit reads", part.start()))
                : Optional.empty();
    }

    private int readSafely(Piece piece, Utf8 part) {
        try {
            return readHere(piece, part);
        } catch (StackOverflowError _) {
            return reject(piece, new SyntaxProblem("stack depth limit exceeded", part.start()));
        } catch (OutOfMemoryError _) {
            return reject(piece, new SyntaxProblem("out of memory", part.start()));
        } catch (GrammarFailure defect) {
            return reject(piece, new SyntaxProblem("Godwit's parser failed here: " + defect.reason(), part.start()));
        }
    }

    /// A parser in which something went wrong is not given back.
    private int readHere(Piece piece, Utf8 part) {
        Grammar grammar = grammars.take();
        int next = read(piece, part, grammar);
        grammars.giveBack(grammar);
        return next;
    }

    private int read(Piece piece, Utf8 part, Grammar grammar) {
        return switch (grammar.parse(part.bytes(), part.places())) {
            case Grammar.Outcome.Accepted(SqlNode tree) -> {
                Optional<SyntaxProblem> junk = junkBefore(piece, piece.next());
                yield junk.isPresent() ? reject(piece, junk.get()) : accept(piece, part, tree, grammar);
            }
            case Grammar.Outcome.Rejected(String message, int cursor) -> {
                SyntaxProblem problem = new SyntaxProblem(message, part.placeOfCursor(cursor));
                yield reject(piece, junkBefore(piece, problem.offset()).orElse(problem));
            }
        };
    }

    private Optional<SyntaxProblem> junkBefore(Piece piece, int offset) {
        return piece.junk().filter(token -> token.start() < offset).map(token -> {
            String junk = text.substring(token.start(), token.end());
            return new SyntaxProblem("trailing junk after parameter at or near \"" + junk + "\"", token.start());
        });
    }

    private int accept(Piece piece, Utf8 part, SqlNode tree, Grammar grammar) {
        for (SqlNode raw : tree.nodes("stmts")) {
            raw.node("stmt").ifPresent(node -> {
                Optional<SyntaxProblem> inBody = problemInBody(node, part, grammar);
                statements.add(statement(piece, node, part, grammar));
                inBody.ifPresent(problems::add);
            });
        }
        return piece.next();
    }

    private Optional<SyntaxProblem> problemInBody(SqlNode node, Utf8 part, Grammar grammar) {
        return Body.of(node, text)
                .flatMap(body -> grammar.parsePlpgsql(part.bytes())
                        .map(error -> new SyntaxProblem(error.message(), body.place(text, error.cursor()))))
                .filter(problem -> !Body.mayHangOnTypes(problem, text));
    }

    private ParsedStatement statement(Piece piece, SqlNode node, Utf8 part, Grammar grammar) {
        Span span = piece.span();
        List<Directive> directives = Directives.among(piece.comments(), text);
        Statement folded = withBody(folder.foldNext(node), node, part, grammar);
        return new ParsedStatement(span, source.slice(span), folded, directives);
    }

    private Statement withBody(Statement statement, SqlNode node, Utf8 part, Grammar grammar) {
        RoutineReader reader = new RoutineReader(grammar, folder::foldInner);
        return switch (statement) {
            case Statement.CodeBlock(String language, String body, Routine _) ->
                new Statement.CodeBlock(language, body, reader.read(language, body, node, part.bytes()));
            case Statement.CreateFunction function ->
                new Statement.CreateFunction(
                        function.name(),
                        function.volatility(),
                        function.language(),
                        function.procedure(),
                        function.rights(),
                        reader.read(function.language(), Body.textOf(node), node, part.bytes()));
            default -> statement;
        };
    }

    /// A piece that ends in the middle of a parenthesis or a body has swallowed the statements after it.
    private int reject(Piece piece, SyntaxProblem problem) {
        problems.add(problem);
        int resume = piece.complete() ? piece.next() : Splitter.behindNextSemicolon(text, problem.offset());
        return Math.max(resume, piece.span().start() + 1);
    }
}
