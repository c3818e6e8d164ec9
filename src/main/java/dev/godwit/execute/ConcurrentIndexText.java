package dev.godwit.execute;

import java.util.List;

/// The text of a CREATE INDEX CONCURRENTLY aimed at another table, built at once.
final class ConcurrentIndexText {
    private ConcurrentIndexText() {}

    /// @param table as SQL
    static String on(String createIndex, String table) {
        List<Token> tokens = Tokens.of(createIndex);
        Token concurrently =
                tokens.get(Tokens.outerWord(tokens, "concurrently", 0).orElseThrow());
        int on = Tokens.outerWord(tokens, "on", 0).orElseThrow();
        int name = tokens.get(on + 1).isWord("only") ? on + 2 : on + 1;
        int after = Tokens.afterName(tokens, name);
        return createIndex.substring(0, concurrently.start())
                + createIndex.substring(concurrently.end(), tokens.get(on).end())
                + " " + table + " "
                + createIndex.substring(tokens.get(after - 1).end());
    }
}
