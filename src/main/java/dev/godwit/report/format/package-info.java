/// The shapes in which a check's result is shown, each a plug-in found by the service loader.
/// Imports `lint` and what is below it.
/// Never opens a file, a terminal or a database: it writes to what it is given.
@NullMarked
package dev.godwit.report.format;

import org.jspecify.annotations.NullMarked;
