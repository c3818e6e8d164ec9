/// What a statement does: locks, rewrites, scans, what it creates and drops, and in whose transaction.
/// Imports `statement`, `catalog`, `source` and what is below them.
/// Never reads a clock, a file or a database: the same script and context give the same facts.
@NullMarked
package dev.godwit.fact;

import org.jspecify.annotations.NullMarked;
