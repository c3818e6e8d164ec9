package dev.godwit.cli;

import java.util.List;

/// Lines at the foot of the terminal that are drawn anew again and again, under lines that stay. Without a terminal
/// only the latter are there.
final class LiveBlock {
    private static final int WIDTH = 150;

    private final Terminal terminal;
    private int drawn;

    LiveBlock(Terminal terminal) {
        this.terminal = terminal;
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
        erase();
        lines.forEach(line -> terminal.err().println(line.length() < WIDTH ? line : line.substring(0, WIDTH)));
        terminal.err().flush();
        drawn = lines.size();
    }

    private void erase() {
        if (drawn > 0) {
            terminal.err().print("\u001b[" + drawn + "A\u001b[J");
            terminal.err().flush();
            drawn = 0;
        }
    }
}
