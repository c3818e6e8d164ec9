/// PostgreSQL's own vocabulary: lock modes and their conflicts, SQLSTATEs, versions, qualified names.
/// Imports nothing of Godwit's.
/// Never does I/O.
@NullMarked
package dev.godwit.postgres;

import org.jspecify.annotations.NullMarked;
