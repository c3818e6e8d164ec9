package dev.godwit.execute;

import java.util.Optional;

/// What the journal knows of one step of a run.
///
/// @param done its effect is there and journaled
/// @param begun it was started outside a transaction, and neither its end nor its failure is journaled: the outcome is
///     known to the catalog alone
/// @param backend which server process worked on it last
record StepState(boolean done, boolean begun, Optional<Backend> backend) {
    static final StepState UNTOUCHED = new StepState(false, false, Optional.empty());

    /// One process of the server. The pid alone may be another's by now.
    ///
    /// @param startedAt as the server writes it
    record Backend(int pid, String startedAt) {}
}
