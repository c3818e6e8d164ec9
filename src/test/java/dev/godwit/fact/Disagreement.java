package dev.godwit.fact;

import java.util.List;

/// A statement of which something else was said than seen.
///
/// @param setup the statements before it, as few as show the difference
record Disagreement(long seed, int major, List<String> setup, String sql, String difference) {
    @Override
    public String toString() {
        return "PostgreSQL " + major + ", schema " + seed + ": " + sql + "\n  " + difference
                + (setup.isEmpty() ? "" : "\n  after: " + String.join("; ", setup));
    }
}
