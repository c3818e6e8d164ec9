/// One migration's way through all stages, as the commands and the demo both go it: what is read from the project and
/// from
/// production for each stage, and what is written back.
/// Imports every floor below; it decides nothing that a stage decides.
/// Never prints.
@NullMarked
package dev.godwit.passage;

import org.jspecify.annotations.NullMarked;
