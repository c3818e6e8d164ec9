package dev.godwit.execute;

import static java.util.Objects.requireNonNull;

/// One token of a statement that PostgreSQL has accepted.
///
/// @param value for a word its lower-case form, for a quoted name the name itself, else the text
/// @param start UTF-16, into the statement
/// @param depth how many parentheses and brackets are open around it; those themselves count as outside
record Token(Kind kind, String value, int start, int end, int depth) {
    enum Kind {
        /// A key word or an unquoted name.
        WORD,
        /// A quoted name.
        QUOTED,
        /// A string, a number, a parameter, an operator's character, a bracket.
        OTHER
    }

    Token {
        requireNonNull(kind);
        requireNonNull(value);
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && value.equals(word);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.OTHER && value.equals(symbol);
    }

    boolean isName() {
        return kind != Kind.OTHER;
    }
}
