/// Scripts as steps: what runs in one transaction, what runs outside, what runs in batches.
/// Imports `fact`, `statement`, `source` and what is below them.
/// Never runs anything and never judges: that is `execute`'s and `lint`'s.
@NullMarked
package dev.godwit.plan;

import org.jspecify.annotations.NullMarked;
