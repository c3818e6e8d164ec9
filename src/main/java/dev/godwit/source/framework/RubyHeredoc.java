package dev.godwit.source.framework;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// SQL as Rails' `execute`, in a heredoc that takes nothing in it for Ruby.
public final class RubyHeredoc {
    /// Ruby would replace or drop something in a heredoc without quotes.
    private static final Pattern NEEDS_QUOTES = Pattern.compile("\\\\|#[{$@]");

    private RubyHeredoc() {}

    /// A squiggly heredoc takes away what all its lines are indented by, and no more.
    ///
    /// @return lines of code without the margin of the method's body
    public static List<String> execute(String statement) {
        String sql = statement.strip();
        String tag = tag(sql);
        String quote = NEEDS_QUOTES.matcher(sql).find() ? "'" : "";
        List<String> lines = new ArrayList<>();
        lines.add("execute <<~" + quote + tag + quote);
        sql.lines().forEach(line -> lines.add(line.isEmpty() ? "" : "  " + line));
        lines.add(tag);
        return lines;
    }

    private static String tag(String sql) {
        String tag = "SQL";
        while (Pattern.compile("(?m)^[ \\t]*" + tag + "[ \\t]*$").matcher(sql).find()) {
            tag += "_";
        }
        return tag.toUpperCase(Locale.ROOT);
    }
}
