package dev.godwit.report.chart;

/// What the terminal can show.
///
/// @param width columns of the whole chart, axis labels included; at least 50
/// @param unicode block characters; otherwise ASCII
/// @param colour ANSI colours by how long a wait is; otherwise no control codes
public record ChartStyle(int width, boolean unicode, boolean colour) {
    private static final int NARROWEST = 50;

    public ChartStyle {
        width = Math.max(width, NARROWEST);
    }

    public static ChartStyle plain(int width) {
        return new ChartStyle(width, true, false);
    }

    public static ChartStyle ascii(int width) {
        return new ChartStyle(width, false, false);
    }
}
