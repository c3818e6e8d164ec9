/// The bytes of PostgreSQL's protocol, 3.0 and 3.2: messages found by their length, the few that matter decoded.
/// Imports nothing of Godwit's.
/// Never opens a connection and never decides what is handed on.
@NullMarked
package dev.godwit.gateway.wire;

import org.jspecify.annotations.NullMarked;
