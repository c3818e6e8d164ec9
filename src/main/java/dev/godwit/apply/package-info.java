/// Application: gates, the change itself, its verification, and its rollback; thin, over the step runner.
/// Imports execute, evidence and what is below.
/// Never skips a gate and never watches: the command line composes the watch.
@NullMarked
package dev.godwit.apply;

import org.jspecify.annotations.NullMarked;
