package dev.godwit.statement;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The literal that holds a routine's PL/pgSQL.
record Body(Token literal) {
    /// Without a catalog a variable of any type that is not built in counts as a record. So these may be wrong: a
    /// record has no place in a list of targets, is no scalar, and no field of it is known.
    private static final Pattern ABOUT_TYPES = Pattern.compile(
            "record variable cannot be part of multiple-item INTO list|\".*\" is not a scalar variable"
                    + "|\".*\\..*\" is not a known variable",
            Pattern.DOTALL);

    private static final String AT_COMMA = "syntax error at or near \",\"";

    /// The text before the comma of `FOR a, b IN …`, where likewise a record may not stand.
    private static final Pattern LOOP_TARGET = Pattern.compile("(?is).*\\bFOR\\s+[^\\s;]+\\s*");

    /// @param statement a node of the tree, with offsets into the text
    /// @return empty for all but `CREATE FUNCTION` and `CREATE PROCEDURE … LANGUAGE plpgsql` and `DO`
    static Optional<Body> of(SqlNode statement, String text) {
        List<SqlNode> options = switch (statement.type()) {
            case "CreateFunctionStmt" -> statement.nodes("options");
            case "DoStmt" -> statement.nodes("args");
            default -> List.of();
        };
        String language = option(options, "language")
                .flatMap(option -> option.node("arg"))
                .flatMap(name -> name.text("sval"))
                .orElse(statement.is("DoStmt") ? "plpgsql" : "sql");
        return language.equals("plpgsql") ? option(options, "as").flatMap(as -> literalAt(as, text)) : Optional.empty();
    }

    /// @return the body of CREATE FUNCTION as text; empty when it has none
    static String textOf(SqlNode function) {
        return option(function.nodes("options"), "as")
                .flatMap(as -> as.node("arg"))
                .map(list -> String.join("", list.texts("items")))
                .orElse("");
    }

    private static Optional<SqlNode> option(List<SqlNode> options, String name) {
        return options.stream()
                .filter(option -> option.text("defname").filter(name::equals).isPresent())
                .findFirst();
    }

    /// The option begins at its keyword, or at the literal itself.
    private static Optional<Body> literalAt(SqlNode as, String text) {
        Scanner scanner = new Scanner(text, as.location().orElse(text.length()));
        Token token = scanner.next();
        while (token.kind() != Token.Kind.QUOTED && token.kind() != Token.Kind.END) {
            token = scanner.next();
        }
        return token.kind() == Token.Kind.END ? Optional.empty() : Optional.of(new Body(token));
    }

    /// @param cursor counts the body's characters from 1
    /// @return UTF-16 offset in the text; the literal's start where there is no cursor or the literal has escapes
    int place(String text, int cursor) {
        int at = cursor < 1 ? literal.start() : contentStart(text);
        if (at == literal.start()) {
            return at;
        }
        boolean doubled = text.charAt(literal.start()) == '\'';
        for (int i = 1; i < cursor && at < literal.end(); i++) {
            at += doubled && text.charAt(at) == '\'' ? 2 : Character.charCount(text.codePointAt(at));
        }
        return Math.min(at, literal.end());
    }

    private int contentStart(String text) {
        return switch (text.charAt(literal.start())) {
            case '\'' -> literal.start() + 1;
            case '$' -> text.indexOf('$', literal.start() + 1) + 1;
            default -> literal.start();
        };
    }

    /// @return whether the problem may vanish where the types of the variables are known
    static boolean mayHangOnTypes(SyntaxProblem problem, String text) {
        if (ABOUT_TYPES.matcher(problem.message()).matches()) {
            return true;
        }
        String before = text.substring(Math.max(0, problem.offset() - 200), problem.offset());
        return problem.message().equals(AT_COMMA) && LOOP_TARGET.matcher(before).matches();
    }
}
