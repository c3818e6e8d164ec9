/// Live traffic at a fixed arrival rate and what its users felt: workloads, latency from the intended send time,
/// stalls.
/// Imports db, catalog, postgres and problem.
/// Never waits for an answer before the next request is due, and never changes what the tables hold.
@NullMarked
package dev.godwit.traffic;

import org.jspecify.annotations.NullMarked;
