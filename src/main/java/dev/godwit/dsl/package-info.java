/// Statements of SQL in the words of a framework: one dialect a framework, for migrations that are to be written.
/// Imports `source`, `statement` and what is below them.
/// Never says less or more than the SQL does: what a framework cannot say exactly stays SQL. Never writes a file.
@NullMarked
package dev.godwit.dsl;

import org.jspecify.annotations.NullMarked;
