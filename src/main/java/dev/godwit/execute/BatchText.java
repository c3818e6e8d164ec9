package dev.godwit.execute;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// An UPDATE, DELETE or INSERT … SELECT whose text can be narrowed to a range of keys; everything else of it stays as
/// it
/// was written.
///
/// @param head up to the WHERE, or to where one would stand
/// @param condition what stands after WHERE; empty when there is none
/// @param table the table as the statement writes it, ONLY included
/// @param from what stands between FROM or USING and WHERE; empty when there is none
/// @param correlation the name by which the statement's own parts call the table
/// @param tail what follows the condition: ON CONFLICT
record BatchText(String head, String condition, String table, String from, String correlation, String tail) {
    private static final Set<String> AFTER_TABLE = Set.of("set", "using", "where", "returning", "on");

    static BatchText of(String statement) {
        return new Reader(statement).read();
    }

    /// @return the statement for the rows that the range allows
    String within(String range) {
        String narrowed =
                condition.isEmpty() ? head + "\nWHERE " + range : head + "\nWHERE (" + condition + "\n) AND " + range;
        return tail.isEmpty() ? narrowed : narrowed + "\n" + tail;
    }

    /// @return a query that locks the rows of a range which nobody else has locked, and tells their places; for a
    ///     statement over one table
    String lockedAtOnce(String range) {
        String allowed = condition.isEmpty() ? range : "(" + condition + "\n) AND " + range;
        return "SELECT coalesce(array_agg(q.part), '{}') AS parts, coalesce(array_agg(q.place), '{}') AS places FROM ("
                + "SELECT " + correlation + ".tableoid::text AS part, " + correlation + ".ctid::text AS place FROM "
                + table + " WHERE " + allowed + " FOR NO KEY UPDATE SKIP LOCKED) q";
    }

    /// @param parts the tables of the rows, partitions are several
    /// @param places their places in those, as long as they are locked
    String among(List<String> parts, List<String> places) {
        return "(" + correlation + ".tableoid, " + correlation + ".ctid) IN (SELECT q.part::oid, q.place::tid FROM"
                + " unnest(string_to_array('" + String.join(";", parts) + "', ';'), string_to_array('"
                + String.join(";", places) + "', ';')) AS q (part, place))";
    }

    /// @return a query for how many rows the statement would still touch
    String remaining() {
        String tables = from.isEmpty() ? table : table + ", " + from;
        return "SELECT count(*) AS remaining FROM " + tables + (condition.isEmpty() ? "" : "\nWHERE " + condition);
    }

    /// Walks over the parts in the order in which the grammar has them.
    private static final class Reader {
        private final String text;
        private final List<Token> tokens;

        Reader(String text) {
            this.text = text;
            this.tokens = Tokens.of(text);
        }

        BatchText read() {
            int name = nameIndex();
            int afterName = Tokens.afterName(tokens, name);
            int afterStar = at(afterName, "*") ? afterName + 1 : afterName;
            int alias = aliasIndex(afterStar);
            int end = clause(inserts() ? "on" : "returning", afterStar).orElse(tokens.size());
            int where = Math.min(end, clause("where", afterStar).orElse(end));
            return new BatchText(
                    text.substring(0, start(where)).stripTrailing(),
                    where == end
                            ? ""
                            : text.substring(tokens.get(where).end(), start(end))
                                    .strip(),
                    text.substring(
                            tableStart(name),
                            tokens.get(Math.max(alias, afterStar - 1)).end()),
                    from(afterStar, where),
                    alias < 0 ? slice(afterName - 1) : slice(alias),
                    inserts() ? text.substring(start(end)) : "");
        }

        private boolean inserts() {
            return tokens.getFirst().isWord("insert");
        }

        private int nameIndex() {
            if (inserts()) {
                int from = fromOf(clause("select", 0).orElseThrow());
                return tokens.get(from + 1).isWord("only") ? from + 2 : from + 1;
            }
            int update = clause("update", 0).orElse(Integer.MAX_VALUE);
            int delete = clause("delete", 0).orElse(Integer.MAX_VALUE);
            int first = update < delete ? update + 1 : delete + 2;
            return tokens.get(first).isWord("only") ? first + 1 : first;
        }

        /// IS DISTINCT FROM is no clause.
        private int fromOf(int select) {
            int from = clause("from", select).orElseThrow();
            while (tokens.get(from - 1).isWord("distinct")) {
                from = clause("from", from + 1).orElseThrow();
            }
            return from;
        }

        private int tableStart(int name) {
            return tokens.get(name - 1).isWord("only")
                    ? tokens.get(name - 1).start()
                    : tokens.get(name).start();
        }

        /// @return -1 when there is none
        private int aliasIndex(int after) {
            if (after >= tokens.size()) {
                return -1;
            }
            if (tokens.get(after).isWord("as")) {
                return after + 1;
            }
            Token token = tokens.get(after);
            boolean keyWord = token.kind() == Token.Kind.WORD && AFTER_TABLE.contains(token.value());
            return token.isName() && !keyWord ? after : -1;
        }

        private String from(int after, int where) {
            if (inserts()) {
                return "";
            }
            int set = clause("set", after).orElse(after);
            String word = clause("set", after).isPresent() ? "from" : "using";
            OptionalInt from = clause(word, set);
            return from.isEmpty() || from.getAsInt() >= where
                    ? ""
                    : text.substring(tokens.get(from.getAsInt()).end(), start(where))
                            .strip();
        }

        private OptionalInt clause(String word, int from) {
            return Tokens.outerWord(tokens, word, from);
        }

        private boolean at(int index, String symbol) {
            return index < tokens.size() && tokens.get(index).isSymbol(symbol);
        }

        private int start(int index) {
            return index < tokens.size() ? tokens.get(index).start() : text.length();
        }

        private String slice(int index) {
            return text.substring(tokens.get(index).start(), tokens.get(index).end());
        }
    }
}
