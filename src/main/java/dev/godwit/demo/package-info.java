/// The whole passage on an embedded PostgreSQL under live traffic, for someone who has never seen it.
/// May import every floor below the command line.
/// Never prints: it tells a Narrator.
@NullMarked
package dev.godwit.demo;

import org.jspecify.annotations.NullMarked;
