/// One rule a file, each found by the service loader and named after its id.
/// Imports `lint`, `fact`, `statement` and what is below them.
/// Never lets one rule know another.
@NullMarked
package dev.godwit.lint.rule;

import org.jspecify.annotations.NullMarked;
