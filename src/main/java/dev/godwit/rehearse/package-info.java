/// Rehearsal: up, writes, down and up again on staging under traffic, and what was observed.
/// Imports the doers below (staging, traffic, execute) and evidence.
/// Never touches production but to read its catalog.
@NullMarked
package dev.godwit.rehearse;

import org.jspecify.annotations.NullMarked;
