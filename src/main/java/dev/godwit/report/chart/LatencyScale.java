package dev.godwit.report.chart;

/// A log scale from one millisecond upwards, two rows a decade, eight steps a row.
///
/// @param decades how many; at least two, so that a calm strip looks calm
record LatencyScale(int decades) {
    static final int ROWS_A_DECADE = 2;
    static final int STEPS_A_ROW = 8;
    private static final int FEWEST_DECADES = 2;
    private static final int MOST_DECADES = 6;

    static LatencyScale upTo(double longestMillis) {
        int needed = (int) Math.ceil(Math.log10(Math.max(longestMillis, 1)));
        return new LatencyScale(Math.clamp(needed, FEWEST_DECADES, MOST_DECADES));
    }

    int rows() {
        return decades * ROWS_A_DECADE;
    }

    /// @return height of the bar in steps; 0 only for no traffic, so that fast answers still show as a thin line
    int steps(double millis) {
        if (Double.isNaN(millis)) {
            return 0;
        }
        double exact = Math.log10(Math.max(millis, 1)) * ROWS_A_DECADE * STEPS_A_ROW;
        return Math.clamp(Math.round(exact), 1, rows() * STEPS_A_ROW);
    }

    /// @param row 0 is the lowest
    /// @return what the lower edge of a row that begins a decade stands for; empty for the others
    String label(int row) {
        return row % ROWS_A_DECADE == 0 ? Brief.duration(Math.pow(10, (double) row / ROWS_A_DECADE)) : "";
    }

    /// @return what the lower edge of the row stands for
    double lowerEdgeMillis(int row) {
        return Math.pow(10, (double) row / ROWS_A_DECADE);
    }
}
