package dev.godwit.source.framework;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Moves code to the right and leaves strings over several lines alone whose closing quotes stand at the left: in those
/// an indentation would be part of the value.
final class PythonIndent {
    private static final Pattern QUOTES = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\"\"\"");

    private PythonIndent() {}

    static List<String> of(List<String> lines, int columns) {
        List<String> moved = new ArrayList<>();
        String margin = " ".repeat(columns);
        int at = 0;
        while (at < lines.size()) {
            int end = stringEnd(lines, at);
            boolean fixed = end > at && lines.get(end).startsWith("\"\"\"");
            for (int i = at; i <= end; i++) {
                boolean stays = (fixed && i > at) || lines.get(i).isBlank();
                moved.add((stays ? "" : margin) + lines.get(i));
            }
            at = end + 1;
        }
        return moved;
    }

    /// @return the line on which the string ends that begins here and goes on; this line where none does
    private static int stringEnd(List<String> lines, int from) {
        if (lines.get(from).stripLeading().startsWith("#") || !opens(lines.get(from))) {
            return from;
        }
        int end = from + 1;
        while (end < lines.size() - 1 && !opens(lines.get(end))) {
            end++;
        }
        return Math.min(end, lines.size() - 1);
    }

    /// @return whether quotes are opened, or closed, that have no other half on the line
    private static boolean opens(String line) {
        return QUOTES.matcher(line).results().count() % 2 == 1;
    }
}
