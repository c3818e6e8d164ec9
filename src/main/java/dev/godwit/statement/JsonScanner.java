package dev.godwit.statement;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads the parser's JSON piece by piece, in the shape that `pg_query_outfuncs_json.c` writes: no white space,
/// integers
/// only, UTF-8.
///
/// A JSON library would do as well, once it runs: the first use of the usual one takes as long as a whole migration's
/// parse, because it prepares for numbers of any size.
final class JsonScanner {
    /// After the last byte.
    static final int END = -1;

    /// Field names come again and again; a script of a megabyte has a million. A power of two.
    private static final int NAMES = 1024;

    private final byte[] json;
    private final @Nullable String[] names = new String[NAMES];
    private int at;

    JsonScanner(byte[] json) {
        this.json = json;
    }

    /// Takes one byte: a bracket, a comma, a quote, or the first of a number or a word.
    int next() {
        return at < json.length ? json[at++] : END;
    }

    /// @return was it there? Then it is taken
    boolean take(char expected) {
        boolean there = at < json.length && json[at] == expected;
        at += there ? 1 : 0;
        return there;
    }

    /// Reads `"name":` whose quote was taken; without a colon after it, it was a value and nothing is taken.
    ///
    /// @return null for a value
    @Nullable
    String name() {
        int hash = 0;
        int end = at;
        for (; json[end] != '"'; end++) {
            if (json[end] == '\\') {
                return null;
            }
            hash = 31 * hash + json[end];
        }
        if (end + 1 == json.length || json[end + 1] != ':') {
            return null;
        }
        String name = name(hash, at, end);
        at = end + 2;
        return name;
    }

    /// Reads a string whose quote was taken.
    String string() {
        StringBuilder text = null;
        int from = at;
        while (json[at] != '"') {
            if (json[at] == '\\') {
                text = text == null ? new StringBuilder() : text;
                text.append(slice(from, at));
                at++;
                text.append(escaped());
                from = at;
            } else {
                at++;
            }
        }
        String rest = slice(from, at++);
        return text == null ? rest : text.append(rest).toString();
    }

    /// Reads an integer whose first character was taken.
    long number(int first) {
        long magnitude = first == '-' ? 0 : first - '0';
        while (at < json.length && json[at] >= '0' && json[at] <= '9') {
            magnitude = 10 * magnitude + json[at++] - '0';
        }
        return first == '-' ? -magnitude : magnitude;
    }

    /// Passes over the rest of `true`, `false` or `null`.
    void word() {
        while (at < json.length && json[at] >= 'a' && json[at] <= 'z') {
            at++;
        }
    }

    private char escaped() {
        byte sign = json[at++];
        return switch (sign) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(slice(at - 4, at), 16);
            }
            default -> (char) sign;
        };
    }

    private String name(int hash, int from, int to) {
        String known = names[hash & (NAMES - 1)];
        if (known != null && isAt(known, from, to)) {
            return known;
        }
        String name = slice(from, to);
        names[hash & (NAMES - 1)] = name;
        return name;
    }

    /// Names are ASCII.
    private boolean isAt(String known, int from, int to) {
        if (known.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (known.charAt(i - from) != json[i]) {
                return false;
            }
        }
        return true;
    }

    private String slice(int from, int to) {
        return new String(json, from, to - from, StandardCharsets.UTF_8);
    }
}
