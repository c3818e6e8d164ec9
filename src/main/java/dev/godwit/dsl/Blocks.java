package dev.godwit.dsl;

import java.util.ArrayList;
import java.util.List;

/// Lines of code, statement by statement.
final class Blocks {
    private Blocks() {}

    /// @return one below the other, with an empty line around what takes more than one
    static List<String> join(List<List<String>> blocks) {
        List<String> lines = new ArrayList<>();
        int before = 1;
        for (List<String> block : blocks) {
            if (!lines.isEmpty() && (before > 1 || block.size() > 1)) {
                lines.add("");
            }
            lines.addAll(block);
            before = block.size();
        }
        return lines;
    }
}
