package dev.godwit.statement;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the SQL in the body of a routine with the server's own grammars.
///
/// Source: `RawParseMode` (parser.h) for the numbers of `parseMode`; PL/pgSQL's nodes as libpg_query writes them.
final class RoutineReader {
    private static final Set<String> DYNAMIC = Set.of("PLpgSQL_stmt_dynexecute", "PLpgSQL_stmt_dynfors");
    private static final long WHOLE_STATEMENT = 0;
    private static final long EXPRESSION = 2;

    /// `variable := expression`, as the body writes it.
    private static final Pattern ASSIGNMENT = Pattern.compile("[^:=]*:?=(.*)", Pattern.DOTALL);

    /// What EXECUTE runs when it is one literal and so not dynamic at all.
    private static final Pattern LITERAL = Pattern.compile("\\s*'((?:[^'\\\\]|'')*)'\\s*");

    private final Grammar grammar;
    private final Function<SqlNode, Statement> fold;
    private final List<Statement> statements = new ArrayList<>();
    private boolean dynamic;

    RoutineReader(Grammar grammar, Function<SqlNode, Statement> fold) {
        this.grammar = grammar;
        this.fold = fold;
    }

    /// @param language of the routine
    /// @param body its text; empty when it is BEGIN ATOMIC
    /// @param sql the whole statement that carries the body
    Routine read(String language, String body, SqlNode statement, byte[] sql) {
        return switch (language) {
            // without a body there is nothing to compile, and the compiler would not survive that
            case "plpgsql" ->
                body.isEmpty()
                        ? new Routine(List.of(), false, true)
                        : grammar.plpgsql(sql).map(this::ofPlpgsql).orElse(Routine.UNREADABLE);
            case "sql" -> {
                addAll(body);
                statement.node("sql_body").stream()
                        .flatMap(SqlNode::descendants)
                        .filter(node -> node.type().endsWith("Stmt") && !node.is("ReturnStmt"))
                        .forEach(node -> statements.add(fold.apply(node)));
                yield new Routine(statements, false, true);
            }
            default -> Routine.UNREADABLE;
        };
    }

    private Routine ofPlpgsql(SqlNode functions) {
        functions.descendants().forEach(node -> {
            if (DYNAMIC.contains(node.type())) {
                execute(node);
            } else if (node.has("dynquery")) {
                dynamic = true;
            } else if (node.is("PLpgSQL_expr")) {
                expression(node);
            }
        });
        return new Routine(statements, dynamic, true);
    }

    private void execute(SqlNode node) {
        Optional<Matcher> literal = node.node("query")
                .flatMap(query -> query.text("query"))
                .map(LITERAL::matcher)
                .filter(Matcher::matches);
        literal.ifPresentOrElse(text -> addAll(text.group(1).replace("''", "'")), () -> dynamic = true);
    }

    private void expression(SqlNode node) {
        String query = node.text("query").orElse("");
        long mode = node.number("parseMode").orElse(WHOLE_STATEMENT);
        if (mode == WHOLE_STATEMENT) {
            addAll(query);
        } else if (mode == EXPRESSION) {
            addAll("SELECT " + query);
        } else {
            Matcher assignment = ASSIGNMENT.matcher(query);
            addAll(assignment.matches() ? "SELECT " + assignment.group(1) : "");
        }
    }

    private void addAll(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        if (grammar.parse(bytes, IntUnaryOperator.identity()) instanceof Grammar.Outcome.Accepted(SqlNode tree)) {
            tree.nodes("stmts").stream()
                    .flatMap(raw -> raw.node("stmt").stream())
                    .map(fold)
                    .forEach(statements::add);
        }
    }
}
