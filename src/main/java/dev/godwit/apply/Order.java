package dev.godwit.apply;

import static java.util.Objects.requireNonNull;

import dev.godwit.evidence.Evidence;
import dev.godwit.source.Migration;
import java.util.List;
import java.util.Optional;

/// A migration with all that the gates look at.
///
/// @param evidence of its rehearsal, whatever text it was of
/// @param runbook its text
/// @param errors findings of the check that are errors, a line each
public record Order(Migration migration, Optional<Evidence> evidence, Optional<String> runbook, List<String> errors) {
    public Order {
        requireNonNull(migration);
        requireNonNull(evidence);
        requireNonNull(runbook);
        errors = List.copyOf(errors);
    }

    /// @return the evidence, when it is of just this text
    public Optional<Evidence> ownEvidence() {
        return evidence.filter(e -> e.digest().equals(migration.digest()));
    }
}
