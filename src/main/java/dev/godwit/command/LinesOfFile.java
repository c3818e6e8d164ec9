package dev.godwit.command;

import dev.godwit.text.SourceText;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Lays heard statements out so that each stands on the line of the migration's file that most likely made it: a
/// finding then names the line that its author has to change.
///
/// The line is the one that shares the most names with the statement (its text itself in raw SQL, table, column and
/// index names in a DSL). A statement that shares none stays on the line of the one before it.
final class LinesOfFile {
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]+");

    /// Words of SQL that tell no line from another.
    private static final Set<String> COMMON = Set.of(
            "table",
            "column",
            "index",
            "add",
            "drop",
            "alter",
            "create",
            "not",
            "null",
            "default",
            "key",
            "primary",
            "references",
            "constraint",
            "on",
            "public",
            "set",
            "type",
            "from",
            "where",
            "into",
            "values",
            "update",
            "varchar",
            "character",
            "varying",
            "integer",
            "bigint",
            "text",
            "boolean",
            "begin",
            "commit",
            "id",
            "to");

    private final SourceText file;

    LinesOfFile(SourceText file) {
        this.file = file;
    }

    /// @param statements without their `;`
    /// @return them all, at most one behind the other on a line where the file has no more
    String place(List<String> statements) {
        StringBuilder text = new StringBuilder();
        int line = 1;
        for (int i = 0; i < statements.size(); i++) {
            int wanted = wanted(statements, i, line);
            for (; line < wanted; line++) {
                text.append('\n');
            }
            String one = oneLine(statements.get(i));
            text.append(one).append("; ");
            line += (int) one.chars().filter(c -> c == '\n').count();
        }
        return text.toString();
    }

    /// BEGIN stands where what follows it stands.
    private int wanted(List<String> statements, int index, int atLeast) {
        boolean begins = statements.get(index).equals("BEGIN") && index + 1 < statements.size();
        return best(words(statements.get(begins ? index + 1 : index)), atLeast);
    }

    private int best(Set<String> names, int from) {
        int best = from;
        int most = 0;
        for (int line = from; line <= file.lineCount(); line++) {
            Set<String> shared = words(file.line(line));
            shared.retainAll(names);
            if (shared.size() > most) {
                most = shared.size();
                best = line;
            }
        }
        return best;
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        WORD.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> !COMMON.contains(word))
                .forEach(words::add);
        return words;
    }

    /// Line breaks between words say nothing; in a literal or a body they do.
    private static String oneLine(String sql) {
        boolean quoted = sql.indexOf('\'') >= 0 || sql.indexOf('$') >= 0 || sql.contains("--");
        return quoted ? sql.strip() : sql.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
