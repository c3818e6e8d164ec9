package dev.godwit.watch;

import java.util.SortedMap;

/// One reading for a chart.
///
/// @param offsetSeconds since the first reading
/// @param values by signal: a share of its population since the reading before, events since then, or a level; empty
///     when the reading had no answer
public record Moment(double offsetSeconds, SortedMap<String, Double> values) {}
