/// Scripts as statements: PostgreSQL's own grammar, splitting, directives, and the statements in Godwit's own words.
/// Imports `text`, `postgres` and `problem`, and the parser that nobody else may see.
/// Never lets a type of the parser out, never looks at a database, and never throws because SQL is wrong.
@NullMarked
package dev.godwit.statement;

import org.jspecify.annotations.NullMarked;
