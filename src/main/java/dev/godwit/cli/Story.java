package dev.godwit.cli;

import dev.godwit.demo.Narrator;
import dev.godwit.report.chart.ChartStyle;
import dev.godwit.report.format.Paint;

/// Tells the demo's story to a terminal: what goes on meanwhile is one line, rewritten in place; without a terminal it
/// is left out.
final class Story implements Narrator {
    private static final int WIDTH = 100;

    private final Terminal terminal;
    private final ProgressLine progress;

    Story(Terminal terminal) {
        this.terminal = terminal;
        this.progress = new ProgressLine(terminal.progressToOut());
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
        progress.now(text);
    }

    private void print(String text) {
        end();
        if (!terminal.quiet()) {
            terminal.out().println(text);
        }
    }

    /// Takes the line of what goes on away.
    synchronized void end() {
        progress.close();
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
