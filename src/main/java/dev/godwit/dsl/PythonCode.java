package dev.godwit.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// An expression of Python, laid out as black would.
sealed interface PythonCode {
    /// Black's width, less the body of a function that the code stands in.
    int WIDTH = 84;

    record Word(String text) implements PythonCode {}

    /// `function(…)`, or with an empty name a tuple.
    record Call(String function, List<PythonCode> arguments) implements PythonCode {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    record Items(List<PythonCode> values) implements PythonCode {
        public Items {
            values = List.copyOf(values);
        }
    }

    record Keyword(String name, PythonCode value) implements PythonCode {}

    /// Lines that stand as they are: what is written by other rules.
    record Lines(List<String> lines) implements PythonCode {
        public Lines {
            lines = List.copyOf(lines);
        }
    }

    static PythonCode word(String text) {
        return new Word(text);
    }

    static PythonCode call(String function, PythonCode... arguments) {
        return new Call(function, List.of(arguments));
    }

    static PythonCode call(String function, List<PythonCode> arguments) {
        return new Call(function, arguments);
    }

    static PythonCode keyword(String name, PythonCode value) {
        return new Keyword(name, value);
    }

    static PythonCode keyword(String name, boolean value) {
        return new Keyword(name, word(value ? "True" : "False"));
    }

    /// In the quotes that leave more of it as it is.
    static PythonCode text(String content) {
        char quote = content.indexOf('"') >= 0 && content.indexOf('\'') < 0 ? '\'' : '"';
        StringBuilder out = new StringBuilder().append(quote);
        content.chars().forEach(c -> out.append(c == quote ? "\\" + quote : escaped((char) c)));
        return word(out.append(quote).toString());
    }

    private static String escaped(char c) {
        return switch (c) {
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> c < ' ' || c == 0x7f ? "\\x%02x".formatted((int) c) : String.valueOf(c);
        };
    }

    static PythonCode texts(List<String> contents) {
        return new Items(contents.stream().map(PythonCode::text).toList());
    }

    /// @return the expression on one line; empty when it cannot stand on one
    default Optional<String> line() {
        return switch (this) {
            case Word(String text) -> Optional.of(text);
            case Call(String function, List<PythonCode> arguments) ->
                joined(arguments).map(inner -> function + "(" + inner + (isTuple(function, arguments) ? ",)" : ")"));
            case Items(List<PythonCode> values) -> joined(values).map(inner -> "[" + inner + "]");
            case Keyword(String name, PythonCode value) -> value.line().map(line -> name + "=" + line);
            case Lines(List<String> lines) -> lines.size() == 1 ? Optional.of(lines.getFirst()) : Optional.empty();
        };
    }

    private static boolean isTuple(String function, List<PythonCode> arguments) {
        return function.isEmpty() && arguments.size() == 1;
    }

    private static Optional<String> joined(List<PythonCode> parts) {
        List<String> lines =
                parts.stream().flatMap(part -> part.line().stream()).toList();
        return lines.size() == parts.size() ? Optional.of(String.join(", ", lines)) : Optional.empty();
    }

    /// @param indent how far to the right of the frame the expression begins
    /// @param behind how many characters follow its last one, a comma for example
    /// @return lines, the first one without indentation, the others relative to it
    default List<String> lines(int indent, int behind) {
        Optional<String> line = line().filter(text -> indent + text.length() + behind <= WIDTH);
        if (line.isPresent()) {
            return List.of(line.get());
        }
        return switch (this) {
            case Word(String text) -> List.of(text);
            case Lines(List<String> lines) -> lines;
            case Call(String function, List<PythonCode> arguments) -> over(function + "(", arguments, ")", indent);
            case Items(List<PythonCode> values) -> over("[", values, "]", indent);
            case Keyword(String name, PythonCode value) -> named(name, value.lines(indent, behind));
        };
    }

    private static List<String> named(String name, List<String> lines) {
        List<String> out = new ArrayList<>(lines);
        out.set(0, name + "=" + lines.getFirst());
        return out;
    }

    private static List<String> over(String open, List<PythonCode> parts, String close, int indent) {
        if (parts.isEmpty()) {
            return List.of(open + close);
        }
        Optional<String> inner = joined(parts).filter(line -> indent + 4 + line.length() <= WIDTH);
        if (inner.isPresent()) {
            return List.of(open, "    " + inner.get(), close);
        }
        List<String> out = new ArrayList<>(List.of(open));
        for (PythonCode part : parts) {
            List<String> lines = part.lines(indent + 4, 1);
            String body = lines.stream().map(line -> "    " + line).collect(Collectors.joining("\n"));
            out.addAll((body + ",").lines().toList());
        }
        out.add(close);
        return out;
    }
}
