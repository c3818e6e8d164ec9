/// The watch over production after a migration: readings of its signals, and the judge of after against before.
/// Imports evidence, db, postgres and problem.
/// Never writes to the database it watches, and never calls missing data a pass.
@NullMarked
package dev.godwit.watch;

import org.jspecify.annotations.NullMarked;
