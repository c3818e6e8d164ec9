/// Migrations as files: what a migration is, how its text is read, and the interface that a framework's adapter fills.
/// Imports problem, text and postgres.
/// Never parses SQL and never opens a database.
@NullMarked
package dev.godwit.source;

import org.jspecify.annotations.NullMarked;
