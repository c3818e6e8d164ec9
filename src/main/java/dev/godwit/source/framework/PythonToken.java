package dev.godwit.source.framework;

import static java.util.Objects.requireNonNull;

/// A token of Python.
///
/// @param text the value of a string, the characters of anything else
/// @param start UTF-16 offset into the file
/// @param end behind the last character
record PythonToken(Kind kind, String text, int start, int end) {
    enum Kind {
        NAME,
        NUMBER,
        STRING,
        /// A string with expressions in it: its value is not known.
        FORMATTED,
        /// One character of an operator or a bracket.
        SIGN
    }

    PythonToken {
        requireNonNull(kind);
        requireNonNull(text);
    }

    boolean is(String sign) {
        return kind != Kind.STRING && kind != Kind.FORMATTED && text.equals(sign);
    }
}
