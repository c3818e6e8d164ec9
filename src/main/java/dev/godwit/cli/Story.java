package dev.godwit.cli;

import dev.godwit.demo.Narrator;
import dev.godwit.report.chart.ChartStyle;
import dev.godwit.report.format.Paint;

/// Tells the demo's story to a terminal: what goes on meanwhile is one line, rewritten in place; without a terminal it
/// is left out.
final class Story implements Narrator {
    private static final int WIDTH = 100;
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final Terminal terminal;
    private boolean pending;

    Story(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public synchronized void stage(String title) {
        print("\n" + terminal.palette().bold(title) + "\n"
                + terminal.palette().dim("─".repeat(Math.min(WIDTH, title.length()))));
    }

    @Override
    public synchronized void command(String text) {
        print(terminal.palette().cyan("$ " + text));
    }

    @Override
    public synchronized void line(String text) {
        print(text);
    }

    @Override
    public synchronized void meanwhile(String text) {
        if (terminal.interactive() && !terminal.quiet()) {
            String line = text.lines().findFirst().orElse("");
            String cut = line.length() < WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
            terminal.out().print(CLEAR_LINE + terminal.palette().dim("  " + cut));
            terminal.out().flush();
            pending = true;
        }
    }

    private void print(String text) {
        end();
        if (!terminal.quiet()) {
            terminal.out().println(text);
        }
    }

    /// Takes the line of what goes on away.
    synchronized void end() {
        if (pending) {
            terminal.out().print(CLEAR_LINE);
            terminal.out().flush();
            pending = false;
        }
    }

    @Override
    public Paint paint() {
        return terminal.palette()::paint;
    }

    @Override
    public ChartStyle chart() {
        return new ChartStyle(WIDTH, true, terminal.palette() == Palette.ANSI);
    }
}
