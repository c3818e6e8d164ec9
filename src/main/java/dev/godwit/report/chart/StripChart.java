package dev.godwit.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The latency strip chart: for each moment the longest wait of a request that was due then, on a log scale, with the
/// stretch in which the migration ran. Strips drawn together share both scales, so their heights and lengths compare.
///
/// A pure function from time lines to text.
public final class StripChart {
    private static final int LABEL_COLUMNS = 8;
    private static final double[] TICK_SECONDS = {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_800, 3_600};
    private static final int COLUMNS_A_TICK = 9;
    private static final List<String> LEGEND =
            List.of("bar: longest wait of a query due then, log scale", "0 s: the migration begins");

    private final Pen pen;
    private final LatencyScale scale;
    private final int columns;
    private final double millisPerColumn;

    private StripChart(List<Strip> strips, ChartStyle style) {
        this.pen = new Pen(style);
        this.scale = LatencyScale.upTo(
                strips.stream().mapToDouble(Strip::longestMillis).max().orElse(0));
        this.columns = style.width() - LABEL_COLUMNS - 1;
        long longest = strips.stream().mapToLong(Strip::lengthMillis).max().orElse(1);
        this.millisPerColumn = (double) longest / columns;
    }

    /// @return lines without trailing blanks, each ended by a newline
    public static String draw(List<Strip> strips, ChartStyle style) {
        StripChart chart = new StripChart(strips, style);
        List<String> lines = new ArrayList<>();
        for (Strip strip : strips) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            chart.draw(strip, lines);
        }
        lines.add("");
        lines.addAll(chart.legend(style.width()));
        return String.join("\n", lines.stream().map(String::stripTrailing).toList()) + "\n";
    }

    private void draw(Strip strip, List<String> lines) {
        lines.add(heading(strip));
        double[] waits = strip.columns(columns, millisPerColumn);
        for (int row = scale.rows() - 1; row >= 0; row--) {
            lines.add(row(waits, row));
        }
        lines.add(axis(strip));
        strip.migration().ifPresent(band -> lines.add(bracket(strip, band)));
        lines.add(ticks(strip));
    }

    private List<String> legend(int width) {
        String line = String.join("; ", LEGEND);
        return (line.length() <= width ? List.of(line) : LEGEND)
                .stream().map(pen::quiet).toList();
    }

    private String heading(Strip strip) {
        String right = "longest wait " + Brief.duration(strip.longestMillis());
        int room = LABEL_COLUMNS + 1 + columns - right.length() - 2;
        String title = strip.title().length() > room ? strip.title().substring(0, room) : strip.title();
        return pen.title(title) + " ".repeat(room - title.length() + 2) + right;
    }

    private String row(double[] waits, int row) {
        StringBuilder bar = new StringBuilder();
        for (double wait : waits) {
            bar.append(pen.block(scale.steps(wait) - row * LatencyScale.STEPS_A_ROW));
        }
        return label(row) + pen.bar(scale.lowerEdgeMillis(row), bar.toString().stripTrailing());
    }

    private String label(int row) {
        String text = scale.label(row);
        String edge = text.isEmpty() ? pen.upright() : pen.tick();
        return " ".repeat(LABEL_COLUMNS - 1 - text.length()) + text + " " + pen.quiet(edge);
    }

    private String axis(Strip strip) {
        int end = column(strip, strip.toMillis());
        int from =
                strip.migration().map(band -> column(strip, band.fromMillis())).orElse(end);
        int to = strip.migration().map(band -> lastColumn(strip, band)).orElse(end);
        String line =
                pen.line(from) + pen.heavyLine(Math.min(end, to + 1) - from) + pen.line(Math.max(0, end - to - 1));
        return " ".repeat(LABEL_COLUMNS) + pen.quiet(pen.corner() + line);
    }

    /// @return the column that shows the moment, as [Strip#columns] cuts them
    private int column(Strip strip, long millis) {
        return Math.clamp((long) Math.floor((millis - strip.fromMillis()) / millisPerColumn), 0, columns);
    }

    private int lastColumn(Strip strip, Strip.Band band) {
        return Math.max(column(strip, band.fromMillis()), column(strip, band.toMillis() - 1));
    }

    private String bracket(Strip strip, Strip.Band band) {
        int from = column(strip, band.fromMillis());
        int inside = lastColumn(strip, band) - from - 1;
        String time = Brief.duration((double) (band.toMillis() - band.fromMillis()));
        String full = " " + band.label() + ", " + time + " ";
        return labelled(from, inside, from < full.length() && inside < full.length() ? " " + time + " " : full);
    }

    /// The label goes between the ends of the bracket when it fits, else behind it, else before it.
    private String labelled(int from, int inside, String label) {
        if (label.length() <= inside) {
            int left = (inside - label.length()) / 2;
            String right = pen.line(inside - label.length() - left) + pen.bracketClose();
            return indented(from, pen.bracketOpen() + pen.line(left) + label + right);
        }
        String arms = pen.bracketOpen() + (inside < 0 ? "" : pen.line(inside) + pen.bracketClose());
        boolean behind = from + arms.length() + label.length() <= columns;
        return behind ? indented(from, arms + label) : indented(Math.max(0, from - label.length()), label + arms);
    }

    private static String indented(int column, String text) {
        return " ".repeat(LABEL_COLUMNS + 1 + column) + text;
    }

    private String ticks(Strip strip) {
        StringBuilder line = new StringBuilder(" ".repeat(LABEL_COLUMNS + 1 + columns));
        double step = tickMillis();
        long zero = strip.zeroMillis();
        double at = zero - Math.floor((zero - strip.fromMillis()) / step) * step;
        for (; at <= strip.toMillis(); at += step) {
            write(line, LABEL_COLUMNS + 1 + column(strip, Math.round(at)), seconds(at - zero));
        }
        return pen.quiet(line.toString().stripTrailing());
    }

    private double tickMillis() {
        for (double seconds : TICK_SECONDS) {
            if (seconds * 1_000 / millisPerColumn >= COLUMNS_A_TICK) {
                return seconds * 1_000;
            }
        }
        return millisPerColumn * columns;
    }

    private static String seconds(double millis) {
        double value = Math.rint(millis / 100) / 10;
        return (value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.1f", value))
                + " s";
    }

    private static void write(StringBuilder line, int at, String text) {
        if (at + text.length() <= line.length()) {
            line.replace(at, at + text.length(), text);
        }
    }
}
