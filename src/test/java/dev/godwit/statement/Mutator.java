package dev.godwit.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Breaks statements as typing does: a token left out, doubled, moved or replaced, a text that ends too early.
final class Mutator {
    private static final List<String> STRAYS = List.of(
            "(",
            ")",
            ",",
            ";",
            "'",
            "\"",
            "$$",
            "SELECT",
            "NOT",
            "NULL",
            "é",
            "𝄞",
            "1",
            "--",
            "/*",
            "*/",
            "\\",
            "=",
            ".",
            "::",
            "FROM",
            "[",
            "E'",
            "1a",
            "U&'",
            "END",
            "BEGIN ATOMIC",
            "x",
            "@",
            "?",
            "$1",
            "{",
            "0x",
            "IF");

    private final SplittableRandom random;

    Mutator(long seed) {
        random = new SplittableRandom(seed);
    }

    String mutate(String sql) {
        List<Token> tokens = tokens(sql);
        int index = random.nextInt(tokens.size());
        Token token = tokens.get(index);
        String before = sql.substring(0, token.start());
        String text = sql.substring(token.start(), token.end());
        String after = sql.substring(token.end());
        return switch (random.nextInt(6)) {
            case 0 -> before + after;
            case 1 -> before + text + " " + text + after;
            case 2 -> before + stray() + after;
            case 3 -> before + stray() + " " + text + after;
            case 4 -> before + text;
            default -> swapped(sql, token, tokens.get((index + 1) % tokens.size()));
        };
    }

    private static String swapped(String sql, Token one, Token next) {
        if (next.start() < one.end()) {
            return sql.substring(one.start()) + " " + sql.substring(0, one.start());
        }
        return sql.substring(0, one.start())
                + sql.substring(next.start(), next.end())
                + sql.substring(one.end(), next.start())
                + sql.substring(one.start(), one.end())
                + sql.substring(next.end());
    }

    private String stray() {
        return STRAYS.get(random.nextInt(STRAYS.size()));
    }

    private static List<Token> tokens(String sql) {
        List<Token> tokens = new ArrayList<>();
        Scanner scanner = new Scanner(sql, 0);
        for (Token token = scanner.next(); token.kind() != Token.Kind.END; token = scanner.next()) {
            tokens.add(token);
        }
        return tokens;
    }
}
