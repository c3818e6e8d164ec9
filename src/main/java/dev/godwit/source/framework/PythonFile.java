package dev.godwit.source.framework;

import dev.godwit.text.SourceText;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file of Python, read as text: what it assigns and defines, with no Python started. The lines of a block are those
/// that follow its head and stand further to the right.
record PythonFile(SourceText source, List<PythonLine> lines) {
    private static final Pattern NO_OP = Pattern.compile("(?m)^[ \\t]*#[ \\t]*godwit:no-op\\b[ \\t]*([^\\r\\n]*)$");

    PythonFile {
        lines = List.copyOf(lines);
    }

    static PythonFile of(SourceText source) {
        return new PythonFile(source, PythonScanner.scan(source.content()));
    }

    /// @return what the file says about itself before anything else
    Optional<String> documentation() {
        return lines.stream()
                .findFirst()
                .filter(PythonLine::isText)
                .map(line -> line.first().text().strip());
    }

    /// @return the value that the file gives to a name of its own, the last one if there are several
    Optional<PythonValue> value(String name) {
        return value(lines, 0, name);
    }

    /// @param indent how far to the right the block stands
    static Optional<PythonValue> value(List<PythonLine> block, int indent, String name) {
        Optional<PythonValue> found = Optional.empty();
        for (PythonLine line : block) {
            int equals = line.indent() == indent && line.first().is(name) ? equalsSign(line.tokens()) : -1;
            if (equals > 0) {
                found = Optional.of(PythonExpressions.of(line.tokens(), equals + 1));
            }
        }
        return found;
    }

    /// `name = …` or `name: some[type] = …`
    private static int equalsSign(List<PythonToken> tokens) {
        boolean annotated = tokens.size() > 1 && tokens.get(1).is(":");
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.get(i).is("=")) {
                boolean compared = i + 1 < tokens.size() && tokens.get(i + 1).is("=");
                return compared || (i > 1 && !annotated) ? -1 : i;
            }
        }
        return -1;
    }

    /// @return the lines of a function's body; empty when there is no such function
    Optional<List<PythonLine>> function(String name) {
        return block(line -> line.begins("def", name) || line.begins("async", "def", name));
    }

    /// @return the lines of a class's body; empty when there is no such class
    Optional<List<PythonLine>> type(String name) {
        return block(line -> line.begins("class", name));
    }

    private Optional<List<PythonLine>> block(Predicate<PythonLine> head) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            PythonLine line = lines.get(i);
            if (line.indent() == 0 && head.test(line)) {
                return Optional.of(following(i, line));
            }
        }
        return Optional.empty();
    }

    private List<PythonLine> following(int head, PythonLine line) {
        int end = head + 1;
        while (end < lines.size() && lines.get(end).indent() > 0) {
            end++;
        }
        return end > head + 1 ? lines.subList(head + 1, end) : inline(line);
    }

    /// `def downgrade(): pass`
    private static List<PythonLine> inline(PythonLine head) {
        List<PythonToken> tokens = head.tokens();
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            depth += tokens.get(i).is("(") ? 1 : tokens.get(i).is(")") ? -1 : 0;
            if (depth == 0 && tokens.get(i).is(":") && i + 1 < tokens.size()) {
                return List.of(new PythonLine(1, tokens.subList(i + 1, tokens.size())));
            }
        }
        return List.of();
    }

    /// @return the reason of `# godwit:no-op reason` from the given line on to the next that stands at the left
    Optional<String> noOpReason(List<PythonLine> block) {
        if (block.isEmpty()) {
            return Optional.empty();
        }
        int from = headOf(block);
        int to = lines.stream()
                .filter(line -> line.indent() == 0 && line.first().start() > from)
                .mapToInt(line -> line.first().start())
                .findFirst()
                .orElse(source.content().length());
        Matcher matcher = NO_OP.matcher(source.content()).region(from, to);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }

    private int headOf(List<PythonLine> block) {
        int body = block.getFirst().first().start();
        return lines.stream()
                .filter(line -> line.indent() == 0)
                .mapToInt(line -> line.first().start())
                .filter(start -> start <= body)
                .max()
                .orElse(0);
    }
}
