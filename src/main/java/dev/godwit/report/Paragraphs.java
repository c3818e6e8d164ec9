package dev.godwit.report;

import java.util.List;
import java.util.stream.Collectors;

/// Small pieces of Markdown.
final class Paragraphs {
    private static final int CELL_WIDTH = 100;

    private Paragraphs() {}

    static String join(String... paragraphs) {
        return String.join("\n\n", paragraphs) + "\n";
    }

    static String list(List<String> items) {
        return items.stream().map(item -> "- " + item).collect(Collectors.joining("\n"));
    }

    /// One line of at most [#CELL_WIDTH] characters, with nothing that ends a table cell or its code.
    static String cell(String sql) {
        String line = sql.strip().replaceAll("\\s+", " ").replace("|", "\\|").replace("`", "'");
        return line.length() <= CELL_WIDTH ? line : line.substring(0, CELL_WIDTH - 1) + "…";
    }
}
