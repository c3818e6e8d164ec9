/// Holds a framework's own command, run through the gateway: heard, looked at, or kept to the lock discipline.
/// May import what lies below: `gateway` to stand in between, `execute` for the discipline and the ledger.
/// Never writes to the user's tree: side files of a command go to a copy of the project.
@NullMarked
package dev.godwit.command;

import org.jspecify.annotations.NullMarked;
