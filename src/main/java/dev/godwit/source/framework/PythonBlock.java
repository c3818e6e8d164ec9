package dev.godwit.source.framework;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Writes SQL into Python as an author would: on one line where it fits, else between triple quotes, indented with the
/// code around it.
public final class PythonBlock {
    /// The line length of black, which most projects are formatted with.
    private static final int LINE = 88;

    private static final Pattern LEADING = Pattern.compile("^[ \\t]*");

    private PythonBlock() {}

    /// @param before `op.execute(`
    /// @param sql any text
    /// @param after `)`, with further arguments
    /// @param keep whether the text must stay as it is, not indented
    /// @return lines, the first one without indentation
    public static List<String> call(String before, String sql, String after, int indent, boolean keep) {
        String line = before + quoted(sql) + after;
        if (sql.indexOf('\n') < 0 && indent + line.length() <= LINE) {
            return List.of(line);
        }
        String inner = " ".repeat(indent + 4);
        String body = keep ? "\n" + escape(sql) + "\n" : indented(escape(sql), inner);
        List<String> lines = new ArrayList<>(List.of(before));
        lines.addAll((inner + "\"\"\"" + body + (keep ? "" : inner) + "\"\"\"")
                .lines()
                .toList());
        lines.add(" ".repeat(indent) + after);
        return List.copyOf(lines);
    }

    /// The same for a value that stands by itself: the quotes open where it begins.
    public static List<String> value(String before, String sql, String after, int indent, boolean keep) {
        String line = before + quoted(sql) + after;
        if (sql.indexOf('\n') < 0 && indent + line.length() <= LINE) {
            return List.of(line);
        }
        String inner = " ".repeat(indent);
        String body = keep ? "\n" + escape(sql) + "\n" : indented(escape(sql), inner + "    ");
        return (before + "\"\"\"" + body + (keep ? "" : inner) + "\"\"\"" + after)
                .lines()
                .toList();
    }

    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String escape(String sql) {
        String escaped = sql.replace("\\", "\\\\").replace("\"\"\"", "\\\"\"\"");
        return escaped.endsWith("\"") ? escaped.substring(0, escaped.length() - 1) + "\\\"" : escaped;
    }

    private static String indented(String sql, String inner) {
        int common = sql.lines()
                .filter(line -> !line.isBlank())
                .mapToInt(PythonBlock::margin)
                .min()
                .orElse(0);
        StringBuilder out = new StringBuilder("\n");
        sql.lines()
                .forEach(line -> out.append(line.isBlank() ? "" : inner + line.substring(common))
                        .append('\n'));
        return out.toString();
    }

    private static int margin(String line) {
        var matcher = LEADING.matcher(line);
        return matcher.find() ? matcher.end() : 0;
    }
}
