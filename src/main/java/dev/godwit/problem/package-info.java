/// Errors as people read them: what, where, state, remedy, and the exit code they end with.
/// Imports nothing of Godwit's.
/// Never prints and never exits.
@NullMarked
package dev.godwit.problem;

import org.jspecify.annotations.NullMarked;
