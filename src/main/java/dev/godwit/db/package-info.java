/// Sessions, database URLs, the catalog reader, the lock sampler and other readings of a live server.
/// Imports `catalog` and what lies below; the only package that sees `java.sql`.
/// Never decides: it reads, runs what it is given and tells what the server said.
@NullMarked
package dev.godwit.db;

import org.jspecify.annotations.NullMarked;
