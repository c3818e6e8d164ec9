package dev.godwit.dsl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Ruby's literals, and a call with its arguments.
///
/// @param arguments those without a keyword, then those with, as code
/// @param block lines of the block without its `do` and `end`
record Ruby(String method, List<String> arguments, List<String> block) {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    /// What fits beside the margin of a method's body.
    private static final int LONGEST_LINE = 112;

    Ruby {
        arguments = List.copyOf(arguments);
        block = List.copyOf(block);
    }

    static Ruby call(String method, String... arguments) {
        return new Ruby(method, List.of(arguments), List.of());
    }

    Ruby with(Collection<String> more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(more);
        return new Ruby(method, all, block);
    }

    Ruby with(String keyword, String value) {
        return with(List.of(keyword + ": " + value));
    }

    Ruby doing(List<String> lines) {
        return new Ruby(method, arguments, lines);
    }

    static String text(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            literal.append(
                    switch (c) {
                        case '"' -> "\\\"";
                        case '\\' -> "\\\\";
                        case '#' -> "\\#";
                        case '\n' -> "\\n";
                        case '\r' -> "\\r";
                        case '\t' -> "\\t";
                        default -> String.valueOf(c);
                    });
        }
        return literal.append('"').toString();
    }

    /// @return a symbol where the name can be one without quotes
    static String name(String name) {
        return PLAIN.matcher(name).matches() ? ":" + name : text(name);
    }

    static String names(List<String> names) {
        return names.stream().map(Ruby::name).collect(Collectors.joining(", ", "[", "]"));
    }

    /// @return an expression of SQL, which Rails is not to quote
    static String expression(String sql) {
        return "-> { " + text(sql) + " }";
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(head(block.isEmpty() ? "" : " do |t|"));
        if (!block.isEmpty()) {
            block.forEach(line -> lines.add("  " + line));
            lines.add("end");
        }
        return lines;
    }

    private List<String> head(String end) {
        String whole = method + " " + String.join(", ", arguments) + end;
        int first = (int) arguments.stream()
                .takeWhile(argument -> !argument.matches("(?s)[a-z_]+: .*"))
                .count();
        if (whole.length() <= LONGEST_LINE || first == 0 || first == arguments.size()) {
            return List.of(whole);
        }
        List<String> lines = new ArrayList<>();
        lines.add(method + " " + String.join(", ", arguments.subList(0, first)) + ",");
        List<String> keywords = arguments.subList(first, arguments.size());
        for (String keyword : keywords.subList(0, keywords.size() - 1)) {
            lines.add("  " + keyword + ",");
        }
        lines.add("  " + keywords.getLast() + end);
        return lines;
    }
}
