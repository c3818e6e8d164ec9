/// What was observed, as data: the evidence of a rehearsal, the journal of an application, the seven exit criteria.
/// Imports only vocabulary from the floors below.
/// Never does anything to a database.
@NullMarked
package dev.godwit.evidence;

import org.jspecify.annotations.NullMarked;
