/// A gateway on loopback between any client and its server: every connection, statement and transaction of a run.
/// Imports `db` for URLs and rows, and what lies below.
/// Never parses SQL, never changes a byte that it need not change, and never puts two clients on one backend.
@NullMarked
package dev.godwit.gateway;

import org.jspecify.annotations.NullMarked;
