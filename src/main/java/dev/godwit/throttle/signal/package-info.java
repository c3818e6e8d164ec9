/// The signals that a project can set a limit to, a file each.
/// Imports throttle, db, postgres and text.
/// Changes nothing in the database that it looks at.
@NullMarked
package dev.godwit.throttle.signal;

import org.jspecify.annotations.NullMarked;
