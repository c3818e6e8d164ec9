package dev.godwit.statement;

/// A piece of SQL text, told apart just as far as splitting needs.
///
/// @param start UTF-16 offset
/// @param end UTF-16 offset behind it
record Token(Kind kind, int start, int end) {
    enum Kind {
        /// An identifier or keyword without quotes.
        WORD,
        /// A quoted identifier, a string of any form, a dollar-quoted body.
        QUOTED,
        /// From `--` to before the line's ending.
        LINE_COMMENT,
        BLOCK_COMMENT,
        SEMICOLON,
        OPEN,
        CLOSE,
        /// A parameter with letters behind it, `$1a`: the server refuses it, the module does not.
        JUNK_PARAMETER,
        /// An operator, a number, a comma: one character of it or more.
        OTHER,
        /// Behind the last character.
        END
    }

    boolean isComment() {
        return kind == Kind.LINE_COMMENT || kind == Kind.BLOCK_COMMENT;
    }

    boolean is(String word, String text) {
        return kind == Kind.WORD
                && end - start == word.length()
                && text.regionMatches(true, start, word, 0, end - start);
    }
}
