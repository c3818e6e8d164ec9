package dev.godwit.cli;

import dev.godwit.execute.RunEvent;
import dev.godwit.execute.RunListener;

/// What a run does just now: one line rewritten in place on a terminal, and elsewhere a line for each event that a
/// person
/// would want in a log.
final class ProgressLine implements RunListener, AutoCloseable {
    private static final int WIDTH = 100;
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final Terminal terminal;
    private boolean pending;

    ProgressLine(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void on(RunEvent event) {
        if (terminal.interactive()) {
            now(event.sentence());
        } else if (!isFrequent(event)) {
            terminal.note("  " + event.sentence());
        }
    }

    private static boolean isFrequent(RunEvent event) {
        return event instanceof RunEvent.Backfilled
                || event instanceof RunEvent.Progress
                || event instanceof RunEvent.StepBegun;
    }

    void now(String text) {
        if (!terminal.interactive() || terminal.quiet()) {
            return;
        }
        String line = text.lines().findFirst().orElse("");
        String cut = line.length() < WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
        terminal.err().print(CLEAR_LINE + terminal.palette().dim("  " + cut));
        terminal.err().flush();
        pending = true;
    }

    @Override
    public void close() {
        if (pending) {
            terminal.err().print(CLEAR_LINE);
            terminal.err().flush();
            pending = false;
        }
    }
}
