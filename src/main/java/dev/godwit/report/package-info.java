/// What people and programs read afterwards: runbook, exit criteria, charts, every output format.
/// Imports evidence, lint results and the vocabulary below; pure functions of these.
/// Never touches a database, a clock or a file.
@NullMarked
package dev.godwit.report;

import org.jspecify.annotations.NullMarked;
