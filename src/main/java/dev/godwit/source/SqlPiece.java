package dev.godwit.source;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One statement of an SQL text, cut out by the lexical rules alone (PostgreSQL manual, section 4.1), for adapters that
/// write it into a file of another language. What needs the grammar belongs to `statement`.
///
/// @param text without the semicolon; the comments above it are part of it
/// @param words the same without comments and without the content of strings, in lower case, one space between words
/// @param literalOverLines whether a string goes over lines, so that indenting the text would change it
public record SqlPiece(String text, String words, boolean literalOverLines) {
    private static final Pattern LEXEME = Pattern.compile(
            "(?<comment>--[^\\n]*)|(?<block>/\\*)"
                    + "|(?<literal>[eE]'(?:[^'\\\\]|\\\\.|'')*+(?:'|\\z)|'(?:[^']|'')*+(?:'|\\z)"
                    + "|\"(?:[^\"]|\"\")*+(?:\"|\\z))"
                    + "|(?<dollar>\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*)?\\$)"
                    + "|(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*|[0-9]\\w*)|(?<semicolon>;)|(?<other>.)",
            Pattern.DOTALL);

    private static final Pattern REFUSES_TRANSACTION = Pattern.compile(
            "(?:create (?:unique )?index|drop index|reindex|alter table|alter index) .*\\bconcurrently\\b.*"
                    + "|reindex (?:\\( .*\\) )?(?:database|system|schema) .*"
                    + "|vacuum\\b.*|(?:create|drop) (?:database|tablespace|subscription) .*|alter system .*");

    public SqlPiece {
        requireNonNull(text);
        requireNonNull(words);
    }

    /// @return the statements in order; comments behind the last one are left out
    public static List<SqlPiece> of(String sql) {
        return new Cutter(sql.replace("\r\n", "\n")).cut();
    }

    /// @return whether PostgreSQL refuses it inside a transaction block
    public boolean refusesTransaction() {
        return REFUSES_TRANSACTION.matcher(words).matches();
    }

    private static final class Cutter {
        private final String sql;
        private final Matcher lexeme;
        private final List<SqlPiece> pieces = new ArrayList<>();
        private final List<String> words = new ArrayList<>();
        private int start;
        private int depth;
        private boolean overLines;

        Cutter(String sql) {
            this.sql = sql;
            this.lexeme = LEXEME.matcher(sql);
        }

        List<SqlPiece> cut() {
            int at = 0;
            while (at < sql.length() && lexeme.find(at)) {
                at = step();
            }
            end(sql.length());
            return List.copyOf(pieces);
        }

        /// @return where the next lexeme begins
        private int step() {
            String found = lexeme.group();
            if (lexeme.group("block") != null) {
                return blockEnd(lexeme.start());
            }
            if (lexeme.group("dollar") != null) {
                int close = sql.indexOf(found, lexeme.end());
                return literal(close < 0 ? sql.length() : close + found.length());
            }
            if (lexeme.group("literal") != null) {
                return literal(lexeme.end());
            }
            if (lexeme.group("semicolon") != null && depth <= 0) {
                end(lexeme.start());
                start = lexeme.end();
            } else if (lexeme.group("comment") == null && !found.isBlank()) {
                word(found.toLowerCase(Locale.ROOT));
            }
            return lexeme.end();
        }

        private int literal(int end) {
            overLines |= sql.substring(lexeme.start(), end).indexOf('\n') >= 0;
            words.add("''");
            return end;
        }

        /// A body of `BEGIN ATOMIC … END` has semicolons of its own, and so have the parentheses of `CREATE RULE`.
        private void word(String word) {
            boolean atomic =
                    word.equals("atomic") && !words.isEmpty() && words.getLast().equals("begin");
            boolean opens = atomic || word.equals("(") || (depth > 0 && word.equals("case"));
            boolean closes = word.equals(")") || (depth > 0 && word.equals("end"));
            depth += opens ? 1 : closes ? -1 : 0;
            words.add(word);
        }

        private int blockEnd(int from) {
            int nested = 0;
            for (int at = from; at < sql.length(); at++) {
                if (sql.startsWith("/*", at)) {
                    nested++;
                    at++;
                } else if (sql.startsWith("*/", at)) {
                    nested--;
                    at++;
                    if (nested == 0) {
                        return at + 1;
                    }
                }
            }
            return sql.length();
        }

        private void end(int to) {
            if (!words.isEmpty()) {
                pieces.add(new SqlPiece(trimmed(sql.substring(start, to)), String.join(" ", words), overLines));
            }
            words.clear();
            depth = 0;
            overLines = false;
        }

        /// The margin of the first line stays, for it tells the others'; not behind a semicolon on the same line.
        private static String trimmed(String cut) {
            String text = cut.stripTrailing();
            String body = text.stripLeading();
            int margin = text.lastIndexOf('\n', text.length() - body.length()) + 1;
            return margin == 0 ? body : text.substring(margin);
        }
    }
}
