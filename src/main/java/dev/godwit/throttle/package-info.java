/// What a long piece of work must not make worse, and whether it does: signals, their readings and limits.
/// Imports db, postgres and problem.
/// Decides nothing but over or under; whoever works asks between two batches, and rests.
@NullMarked
package dev.godwit.throttle;

import org.jspecify.annotations.NullMarked;
