package dev.godwit.dsl;

import dev.godwit.statement.Lexeme;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// A place in a statement that PostgreSQL's grammar has accepted already. Whatever its reader does not expect is thrown
/// as [NotUnderstood], so that nothing is ever passed over.
final class Cursor {
    /// PostgreSQL cuts what is longer, with a notice.
    private static final int LONGEST_NAME = 63;

    static final String PUBLIC = "public";

    private final String sql;
    private final boolean saysPublic;
    private final List<Lexeme> lexemes;
    private int at;

    /// @param saysPublic whether the schema public counts as written; else as none
    Cursor(String sql, boolean saysPublic) {
        this.sql = sql;
        this.saysPublic = saysPublic;
        this.lexemes = Lexeme.of(sql);
    }

    /// Says no more than that the statement stays SQL.
    static final class NotUnderstood extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotUnderstood() {
            super("not understood", null, false, false);
        }
    }

    boolean atEnd() {
        return at >= lexemes.size();
    }

    private Lexeme here() {
        if (atEnd()) {
            throw new NotUnderstood();
        }
        return lexemes.get(at);
    }

    boolean isWord(String word) {
        return isWord(at, word);
    }

    private boolean isWord(int index, String word) {
        return index < lexemes.size() && lexemes.get(index).isWord(word);
    }

    boolean isSign(String sign) {
        return !atEnd() && here().isSign(sign);
    }

    /// @return whether the words stand here, all of them; then they are behind
    boolean accept(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!isWord(at + i, words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    boolean acceptSign(String sign) {
        boolean there = isSign(sign);
        at += there ? 1 : 0;
        return there;
    }

    void expect(String... words) {
        check(accept(words));
    }

    void expectSign(String sign) {
        check(acceptSign(sign));
    }

    void end() {
        check(atEnd());
    }

    static void check(boolean understood) {
        if (!understood) {
            throw new NotUnderstood();
        }
    }

    String identifier() {
        Lexeme lexeme = here();
        at++;
        String name = switch (lexeme.kind()) {
            case WORD -> asciiLower(lexeme.text());
            case QUOTED -> unquoted(lexeme.text());
            case SIGN -> throw new NotUnderstood();
        };
        check(name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME);
        return name;
    }

    /// Beyond ASCII PostgreSQL leaves a letter as it is.
    private static String asciiLower(String word) {
        StringBuilder lower = new StringBuilder(word.length());
        word.chars().forEach(c -> lower.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
        return lower.toString();
    }

    private static String unquoted(String quoted) {
        check(quoted.startsWith("\""));
        return quoted.substring(1, quoted.length() - 1).replace("\"\"", "\"");
    }

    Name name() {
        String first = identifier();
        if (!acceptSign(".")) {
            return new Name(Optional.empty(), first);
        }
        boolean said = saysPublic || !first.equals(PUBLIC);
        Name name = new Name(said ? Optional.of(first) : Optional.empty(), identifier());
        check(!isSign("."));
        return name;
    }

    /// @return `(a, b)`
    List<String> columns() {
        expectSign("(");
        List<String> columns = new ArrayList<>();
        do {
            columns.add(identifier());
        } while (acceptSign(","));
        expectSign(")");
        return columns;
    }

    /// @return a word in lower case
    String word() {
        Lexeme lexeme = here();
        check(lexeme.kind() == Lexeme.Kind.WORD);
        at++;
        return lexeme.text().toLowerCase(Locale.ROOT);
    }

    boolean atWord() {
        return !atEnd() && here().kind() == Lexeme.Kind.WORD;
    }

    /// @return digits
    String number() {
        Lexeme lexeme = here();
        check(lexeme.text().matches("[0-9]{1,9}"));
        at++;
        return lexeme.text();
    }

    /// @return whether behind the token here stands the sign
    boolean isBefore(String sign) {
        return at + 1 < lexemes.size() && lexemes.get(at + 1).isSign(sign);
    }

    boolean isNext(String word) {
        return isWord(at + 1, word);
    }

    /// @return what is between the parenthesis here and its other half
    String inParentheses() {
        String whole = parenthesis();
        return whole.substring(1, whole.length() - 1).strip();
    }

    /// @return the same with both
    String parenthesis() {
        check(isSign("("));
        int depth = here().depth();
        int from = at++;
        while (here().depth() != depth) {
            at++;
        }
        at++;
        return text(from);
    }

    /// @param stop never asked of the first token
    /// @return an expression up to a comma or bracket that is not its own, or to where stop says
    String expression(Predicate<Cursor> stop) {
        int from = at;
        int depth = here().depth();
        check(!isSign(",") && !isSign(")"));
        at++;
        while (!atEnd() && !(here().depth() <= depth && (isSign(",") || isOuterClosing(depth) || stop.test(this)))) {
            at++;
        }
        return text(from);
    }

    private boolean isOuterClosing(int depth) {
        return here().depth() < depth;
    }

    String textSince(int from) {
        return text(from);
    }

    int position() {
        return at;
    }

    /// A comment in the middle of an expression would be lost, or cut the code around it.
    private String text(int from) {
        for (int i = from + 1; i < at; i++) {
            check(sql.substring(lexemes.get(i - 1).end(), lexemes.get(i).start())
                    .isBlank());
        }
        return sql.substring(lexemes.get(from).start(), lexemes.get(at - 1).end());
    }
}
