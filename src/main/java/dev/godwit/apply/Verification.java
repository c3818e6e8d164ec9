package dev.godwit.apply;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.catalog.Table;
import dev.godwit.evidence.Evidence;
import dev.godwit.evidence.Journal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether a migration is there whole: its version recorded, no index invalid, no constraint left unvalidated that was
/// valid on staging, the schema the one that the rehearsal ended in. Pure.
public final class Verification {
    private static final Set<String> NEEDED_TO_COMPARE = Set.of(Gate.EVIDENCE, Gate.SCHEMA);

    private final CatalogSnapshot production;

    public Verification(CatalogSnapshot production) {
        this.production = production;
    }

    /// @param appliedVersions what the version table holds
    /// @param waived gates that were passed although closed: without the rehearsal that they ask for there is
    ///     no schema to compare with
    public Journal.Verified of(Order order, Set<String> appliedVersions, Set<String> waived) {
        List<String> wrong = new ArrayList<>();
        if (!appliedVersions.contains(order.migration().version())) {
            wrong.add("the version table does not name " + order.migration().version());
        }
        wrong.addAll(invalidIndexes());
        Optional<String> schema = schema(order.ownEvidence());
        boolean compared = Collections.disjoint(waived, NEEDED_TO_COMPARE);
        if (compared) {
            schema.ifPresent(wrong::add);
        }
        boolean clean = wrong.isEmpty();
        if (!compared) {
            schema.ifPresent(remark -> wrong.add(remark + ", which was waived"));
        }
        return new Journal.Verified(clean, wrong);
    }

    /// @return one line for each index that a failed CONCURRENTLY left
    public List<String> invalidIndexes() {
        return production.tables().stream()
                .flatMap(table -> table.indexes().stream()
                        .filter(index -> !index.valid())
                        .map(index -> "the index " + index.name() + " on " + table.name() + " is invalid"))
                .toList();
    }

    /// @return one line for each constraint that was added NOT VALID and never validated
    public List<String> unvalidatedConstraints() {
        List<String> found = new ArrayList<>();
        for (Table table : production.tables()) {
            table.checks().stream()
                    .filter(check -> !check.validated())
                    .forEach(check ->
                            found.add("the check " + check.name() + " on " + table.name() + " is not validated"));
            table.foreignKeys().stream()
                    .filter(key -> !key.validated())
                    .forEach(key ->
                            found.add("the foreign key " + key.name() + " on " + table.name() + " is not validated"));
        }
        return found;
    }

    private Optional<String> schema(Optional<Evidence> evidence) {
        boolean same = evidence.filter(e -> e.schemaAfter().equals(Fingerprint.withoutGrants(production)))
                .isPresent();
        if (same) {
            return Optional.empty();
        }
        return Optional.of(
                evidence.isEmpty()
                        ? "there is no evidence to compare the schema with"
                        : "the schema is not the one that the rehearsal ended in");
    }
}
