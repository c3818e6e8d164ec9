/// The command line: options, composition, output and exit codes.
/// May import everything.
/// Never holds a decision that another command would need.
@NullMarked
package dev.godwit.cli;

import org.jspecify.annotations.NullMarked;
