/// A schema as it stands: tables, columns, indexes, constraints, types, every object as DDL, fingerprints, differences.
/// Imports `postgres` only.
/// Never reads a database or a file.
@NullMarked
package dev.godwit.catalog;

import org.jspecify.annotations.NullMarked;
