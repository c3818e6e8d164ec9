package dev.godwit.command;

import dev.godwit.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/// Splits a command that was given as one word, by the quotes and backslashes of a shell and by nothing
/// else of it.
final class CommandWords {
    private static final char NONE = 0;

    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean open;
    private char quote = NONE;

    private CommandWords(String text) {
        this.text = text;
    }

    static List<String> split(String text) {
        return new CommandWords(text).split();
    }

    private List<String> split() {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
                take(text.charAt(++i));
            } else if (c == quote) {
                quote = NONE;
            } else if (quote == NONE && (c == '\'' || c == '"')) {
                quote = c;
                open = true;
            } else if (quote == NONE && Character.isWhitespace(c)) {
                finish();
            } else {
                take(c);
            }
        }
        finish();
        if (quote != NONE || words.isEmpty()) {
            throw Problem.usage(quote == NONE ? "the command is empty" : "a quote of the command is not closed")
                    .remedy("--down 'COMMAND ARGUMENTS'")
                    .raise();
        }
        return words;
    }

    private void take(char c) {
        word.append(c);
        open = true;
    }

    private void finish() {
        if (open) {
            words.add(word.toString());
        }
        word.setLength(0);
        open = false;
    }
}
