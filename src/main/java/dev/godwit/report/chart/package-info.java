/// Pictures in text: the latency strip chart of a terminal.
/// Imports traffic for its time line.
/// Never prints, never asks what the terminal can do, never sees a database.
@NullMarked
package dev.godwit.report.chart;

import org.jspecify.annotations.NullMarked;
