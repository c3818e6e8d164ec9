package dev.godwit.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Lines at the foot of the terminal that are drawn anew again and again, under lines that stay. Without a terminal
/// only the latter are there.
///
/// Nothing of the terminal is set that would have to be set back: whatever ends Godwit, the terminal is as it was.
final class LiveBlock {
    private final Terminal terminal;
    private final Supplier<TerminalSize> size;

    /// Columns of each line that stands there.
    private final List<Integer> drawn = new ArrayList<>();

    /// @param size asked at each drawing, because a window may have been made smaller since
    LiveBlock(Terminal terminal, Supplier<TerminalSize> size) {
        this.terminal = terminal;
        this.size = size;
    }

    synchronized void print(String line) {
        erase();
        terminal.out().println(line);
        terminal.out().flush();
    }

    synchronized void draw(List<String> lines) {
        if (!terminal.interactive() || terminal.quiet()) {
            return;
        }
        TerminalSize room = size.get();
        erase(room);
        for (String line : fitting(lines, room.rows() - 1)) {
            Columns cut = Columns.cut(line, room.columns() - 1);
            terminal.err().println(cut.text());
            drawn.add(cut.count());
        }
        terminal.err().flush();
    }

    /// What has left the screen at its top cannot be erased.
    private static List<String> fitting(List<String> lines, int rows) {
        if (lines.size() <= rows) {
            return lines;
        }
        int shown = Math.max(0, rows - 1);
        List<String> fitting = new ArrayList<>(lines.subList(0, shown));
        fitting.add("and " + (lines.size() - shown) + " lines more");
        return fitting;
    }

    synchronized void erase() {
        if (!drawn.isEmpty()) {
            erase(size.get());
        }
    }

    /// A line that was cut for a wider window stands on several rows of this one.
    private void erase(TerminalSize room) {
        if (!drawn.isEmpty()) {
            int rows = drawn.stream()
                    .mapToInt(columns -> Math.max(1, Math.ceilDiv(columns, room.columns())))
                    .sum();
            terminal.err().print("\r\u001b[" + Math.min(rows, room.rows()) + "A\u001b[J");
            terminal.err().flush();
            drawn.clear();
        }
    }
}
