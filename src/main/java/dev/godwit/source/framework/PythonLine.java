package dev.godwit.source.framework;

import java.util.List;

/// A logical line of Python: a statement, however many lines of text it takes.
///
/// @param indent columns before its first token, a tab counting to the next multiple of eight as in Python
/// @param tokens at least one
record PythonLine(int indent, List<PythonToken> tokens) {
    PythonLine {
        tokens = List.copyOf(tokens);
    }

    PythonToken first() {
        return tokens.getFirst();
    }

    boolean begins(String... words) {
        if (tokens.size() < words.length) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if (!tokens.get(i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    /// @return whether nothing but a string stands here, as documentation does
    boolean isText() {
        return tokens.stream().allMatch(token -> token.kind() == PythonToken.Kind.STRING);
    }

    /// @return whether the word stands anywhere in it
    boolean has(String word) {
        return tokens.stream().anyMatch(token -> token.is(word));
    }
}
