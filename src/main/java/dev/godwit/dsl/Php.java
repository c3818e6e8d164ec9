package dev.godwit.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Lines of PHP, and the call of `Schema` around them.
///
/// @param open `Schema::table('orders', function (Blueprint $table) {`; empty for lines that stand alone
/// @param addsColumns whether it adds columns and does nothing else: Laravel takes columns first, in one statement
record Php(String open, List<String> lines, boolean addsColumns) {
    Php {
        lines = List.copyOf(lines);
    }

    static Php alone(String line) {
        return new Php("", List.of(line), false);
    }

    static String text(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /// @return one name as it is, several as an array
    static String names(List<String> names) {
        return names.size() == 1
                ? text(names.getFirst())
                : names.stream().map(Php::text).collect(Collectors.joining(", ", "[", "]"));
    }

    boolean continues(Php before) {
        return !open.isEmpty()
                && open.startsWith("Schema::table(")
                && open.equals(before.open)
                && (before.addsColumns || !addsColumns);
    }

    Php and(Php next) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(next.lines);
        return new Php(open, all, addsColumns && next.addsColumns);
    }

    List<String> code() {
        if (open.isEmpty()) {
            return lines;
        }
        List<String> code = new ArrayList<>();
        code.add(open);
        lines.forEach(line -> code.add("    " + line));
        code.add("});");
        return code;
    }
}
