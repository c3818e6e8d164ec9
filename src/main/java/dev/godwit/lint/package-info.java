/// Rules over facts, the findings they make, suppressions and fixes; the rules themselves are in `lint.rule`.
/// Imports `fact`, `statement`, `source` and what is below them.
/// Never sees a database or a plan, and never decides on an exit code.
@NullMarked
package dev.godwit.lint;

import org.jspecify.annotations.NullMarked;
