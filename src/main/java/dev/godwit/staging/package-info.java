/// Where a rehearsal happens: embedded PostgreSQL, and the copies and synthetic data that fill it.
/// Imports `db`, `catalog` and what lies below.
/// Never touches production except to read.
@NullMarked
package dev.godwit.staging;

import org.jspecify.annotations.NullMarked;
