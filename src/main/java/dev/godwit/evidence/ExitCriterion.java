package dev.godwit.evidence;

import static java.util.Objects.requireNonNull;

/// One of the seven exit criteria with what was found.
///
/// @param id 1 to 7
/// @param text the promise in the product's words
/// @param evidence what the state rests on, one line
public record ExitCriterion(int id, String text, CriterionState state, String evidence) {
    public ExitCriterion {
        requireNonNull(text);
        requireNonNull(state);
        requireNonNull(evidence);
    }
}
