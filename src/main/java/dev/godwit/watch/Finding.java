package dev.godwit.watch;

import dev.godwit.evidence.Verdict;

/// What the judge says of one signal.
///
/// @param text one sentence without a full stop, with the numbers
/// @param before the baseline's rate or share of readings too high
/// @param after the same in the watched window
/// @param chance of such an increase if nothing had changed; 1 where no chance is computed
public record Finding(String signal, Verdict verdict, String text, double before, double after, double chance) {}
