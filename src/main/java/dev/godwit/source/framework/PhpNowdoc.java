package dev.godwit.source.framework;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// SQL as Laravel's `DB::statement`, in a nowdoc that takes nothing in it for PHP.
public final class PhpNowdoc {
    /// PDO would take these for parameters of a prepared statement.
    private static final Pattern PARAMETER = Pattern.compile("\\?|(?<!:):[A-Za-z_]");

    private PhpNowdoc() {}

    /// @return whether PDO would look for values in it
    public static boolean hasParameter(String sql) {
        return PARAMETER.matcher(sql).find();
    }

    /// PHP takes away what its closing tag is indented by, and takes a line that begins with the tag for its end.
    ///
    /// @return lines of code without the margin of the method's body
    public static List<String> statement(String statement) {
        String sql = statement.strip();
        String tag = "SQL";
        while (Pattern.compile("(?m)^\\s*" + tag + "\\b").matcher(sql).find()) {
            tag += "_";
        }
        List<String> lines = new ArrayList<>();
        lines.add("DB::" + (hasParameter(sql) ? "unprepared" : "statement") + "(<<<'" + tag + "'");
        sql.lines().forEach(line -> lines.add(line.isEmpty() ? "" : "    " + line));
        lines.add("    " + tag + ");");
        return lines;
    }
}
