/// Source text, spans and positions.
/// Imports nothing of Godwit's.
/// Never parses SQL.
@NullMarked
package dev.godwit.text;

import org.jspecify.annotations.NullMarked;
