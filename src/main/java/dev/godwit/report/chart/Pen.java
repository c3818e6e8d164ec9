package dev.godwit.report.chart;

/// The characters and colours that a chart is drawn with.
final class Pen {
    private static final String BLOCKS = " ▁▂▃▄▅▆▇█";
    private static final String ASCII_BLOCKS = " ..::|||#";
    private static final String RESET = "\u001b[0m";
    private static final String DIM = "\u001b[2m";
    private static final String BOLD = "\u001b[1m";
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String RED = "\u001b[31m";
    private static final double FELT_MILLIS = 100;
    private static final double OUTAGE_MILLIS = 1_000;

    private final ChartStyle style;

    Pen(ChartStyle style) {
        this.style = style;
    }

    /// @param steps 0 to 8 eighths of a row
    char block(int steps) {
        return (style.unicode() ? BLOCKS : ASCII_BLOCKS).charAt(Math.clamp(steps, 0, 8));
    }

    String upright() {
        return style.unicode() ? "│" : "|";
    }

    String tick() {
        return style.unicode() ? "┤" : "+";
    }

    String corner() {
        return style.unicode() ? "└" : "+";
    }

    String line(int columns) {
        return (style.unicode() ? "─" : "-").repeat(columns);
    }

    String heavyLine(int columns) {
        return (style.unicode() ? "━" : "=").repeat(columns);
    }

    String bracketOpen() {
        return style.unicode() ? "╰" : "\\";
    }

    String bracketClose() {
        return style.unicode() ? "╯" : "/";
    }

    String title(String text) {
        return painted(BOLD, text);
    }

    String quiet(String text) {
        return painted(DIM, text);
    }

    /// @param millis what the lower edge of the row stands for
    String bar(double millis, String text) {
        return painted(millis >= OUTAGE_MILLIS ? RED : millis >= FELT_MILLIS ? YELLOW : GREEN, text);
    }

    private String painted(String code, String text) {
        return style.colour() && !text.isBlank() ? code + text + RESET : text;
    }
}
