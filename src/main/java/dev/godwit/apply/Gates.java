package dev.godwit.apply;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.evidence.Evidence;
import dev.godwit.evidence.ExitCriteria;
import dev.godwit.evidence.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;

/// What must hold before production is changed. Pure: whoever asks has read schema and runbook.
final class Gates {
    private final Order order;
    private final String rehearse;

    /// @param order what is to be applied
    Gates(Order order) {
        this.order = order;
        this.rehearse = "godwit rehearse " + order.migration().id();
    }

    /// @param now production's schema
    /// @param begun fingerprint of the one that an open run of this text began with; empty without one
    /// @param carriesTiming whether a runbook tells the time of an evidence
    List<Gate> forApply(
            CatalogSnapshot now, Optional<String> begun, BiPredicate<String, Evidence> carriesTiming, Permit permit) {
        Gate schema = unrecorded(Fingerprint.withoutGrants(now))
                .orElseGet(() -> begun.map(this::schema).orElseGet(() -> schema(now)));
        Gate fresh = begun.isPresent() ? rehearsed() : fresh(permit);
        return List.of(rollback(), check(), fresh, verdict(), schema, runbook(carriesTiming));
    }

    /// A rollback is the one that was rehearsed, nothing else.
    ///
    /// @param now fingerprint of production's schema
    List<Gate> forRollback(String now) {
        List<Gate> gates = new ArrayList<>(List.of(rollback(), rehearsed(), rollbackProved()));
        stillRecorded(now).ifPresent(gates::add);
        return List.copyOf(gates);
    }

    /// The migration's effect is there and its row is not: its command would fail over what is there already.
    private Optional<Gate> unrecorded(String now) {
        return TornRecord.unrecorded(order.migration().id(), order.ownEvidence(), order.repair(), now)
                .map(TornRecord::gate);
    }

    private Optional<Gate> stillRecorded(String now) {
        return TornRecord.stillRecorded(order.migration().id(), order.ownEvidence(), order.repair(), now)
                .map(TornRecord::gate);
    }

    private Gate rollback() {
        return order.migration()
                .downMissing()
                .map(problem -> Gate.closed("rollback", problem.what(), problem.remedy()))
                .orElseGet(() -> Gate.open("rollback", "a down is written"));
    }

    private Gate check() {
        List<String> errors = order.errors();
        return errors.isEmpty()
                ? Gate.open("check", "no error")
                : Gate.closed(
                        "check",
                        String.join("; ", errors),
                        "godwit check " + order.migration().file() + ", then take the safe form it names");
    }

    private Gate rehearsed() {
        if (order.ownEvidence().isPresent()) {
            return Gate.open(Gate.EVIDENCE, "rehearsed, and unchanged since");
        }
        return order.evidence().isPresent()
                ? Gate.closed(Gate.EVIDENCE, "the files have changed since the rehearsal", rehearse)
                : Gate.closed(Gate.EVIDENCE, "never rehearsed", rehearse);
    }

    /// What is half done is completed however old its rehearsal has become, and what is to be undone is undone.
    private Gate fresh(Permit permit) {
        Gate gate = rehearsed();
        return gate.open()
                ? order.ownEvidence()
                        .flatMap(permit::tooOld)
                        .map(why -> Gate.closed(Gate.EVIDENCE, why, rehearse))
                        .orElse(gate)
                : gate;
    }

    private Gate verdict() {
        Optional<Evidence> evidence = order.ownEvidence();
        if (evidence.isEmpty()) {
            return Gate.closed("verdict", "unknown without a rehearsal", rehearse);
        }
        return evidence.get().verdict() == Verdict.PASS
                ? Gate.open("verdict", stall(evidence.get()))
                : Gate.closed(
                        "verdict",
                        String.join("; ", evidence.get().reasons()),
                        "change the migration so that the rehearsal passes");
    }

    private static String stall(Evidence evidence) {
        return String.format(
                Locale.ROOT,
                "passed, longest stall %,.0f ms",
                evidence.traffic().longestStallMs());
    }

    private Gate schema(String schema) {
        Optional<Evidence> evidence = order.ownEvidence();
        if (evidence.isEmpty()) {
            return Gate.closed(Gate.SCHEMA, "unknown without a rehearsal", rehearse);
        }
        return evidence.get().schemaBefore().equals(schema)
                ? Gate.open(Gate.SCHEMA, "production has the schema that was rehearsed on")
                : Gate.closed(Gate.SCHEMA, "production's schema is not the one that was rehearsed on", rehearse);
    }

    /// The same, with what differs where the rehearsed schema was kept.
    private Gate schema(CatalogSnapshot now) {
        Gate gate = schema(Fingerprint.withoutGrants(now));
        if (gate.open() || order.ownEvidence().isEmpty()) {
            return gate;
        }
        String differences = order.rehearsedOn()
                .map(rehearsed -> Drift.between(rehearsed, now))
                .orElse("which schema that was has not been kept");
        return Gate.closed(Gate.SCHEMA, gate.reason() + ": " + differences, rehearse);
    }

    private Gate runbook(BiPredicate<String, Evidence> carriesTiming) {
        Optional<Evidence> evidence = order.ownEvidence();
        if (evidence.isEmpty() || evidence.get().upDurationMs() <= ExitCriteria.RUNBOOK_THRESHOLD_MS) {
            return Gate.open("runbook", "not needed under 10 s");
        }
        boolean carries = order.runbook()
                .filter(text -> carriesTiming.test(text, evidence.get()))
                .isPresent();
        return carries
                ? Gate.open("runbook", "tells time and stall")
                : Gate.closed("runbook", "takes over 10 s and its runbook does not tell the time", rehearse);
    }

    private Gate rollbackProved() {
        boolean proved = order.ownEvidence().filter(e -> e.rollback().proved()).isPresent();
        return proved
                ? Gate.open("proof", "the down gave back schema and rows on staging")
                : Gate.closed("proof", "no rehearsal has proved this down", rehearse);
    }
}
