package dev.godwit.apply;

import static java.util.Objects.requireNonNull;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.evidence.Evidence;
import dev.godwit.source.Migration;
import dev.godwit.source.SqlForm;
import java.util.List;
import java.util.Optional;

/// A migration with all that the gates look at.
///
/// @param evidence of its rehearsal, whatever text it was of
/// @param rehearsedOn the schema of that rehearsal; empty when it was not kept
/// @param runbook its text
/// @param errors findings of the check that are errors, a line each
public record Order(
        SqlForm form,
        Optional<Evidence> evidence,
        Optional<CatalogSnapshot> rehearsedOn,
        Optional<String> runbook,
        List<String> errors,
        Repair repair) {
    /// The statements that mend the version table of a framework that writes it after the effect, when a crash came in
    /// between.
    ///
    /// @param applied names the migration as applied; empty where effect and row are one transaction
    /// @param undone takes the row back
    public record Repair(List<String> applied, List<String> undone) {
        public static final Repair NONE = new Repair(List.of(), List.of());

        public Repair {
            applied = List.copyOf(applied);
            undone = List.copyOf(undone);
        }
    }

    public Order {
        requireNonNull(form);
        requireNonNull(evidence);
        requireNonNull(rehearsedOn);
        requireNonNull(runbook);
        errors = List.copyOf(errors);
        requireNonNull(repair);
    }

    public Migration migration() {
        return form.migration();
    }

    /// @return the evidence, when it is of just this text
    public Optional<Evidence> ownEvidence() {
        return evidence.filter(e -> e.digest().equals(migration().digest()));
    }
}
