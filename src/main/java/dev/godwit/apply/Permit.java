package dev.godwit.apply;

import static java.util.Objects.requireNonNull;

import dev.godwit.evidence.Evidence;
import dev.godwit.problem.Problem;
import dev.godwit.source.Migration;
import dev.godwit.text.Quantities;
import dev.godwit.throttle.ReplicaLag;
import dev.godwit.throttle.Throttles;
import java.time.Duration;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the project and its operator say about changing production: when, and over which closed gates.
///
/// @param throttles what holds a backfill up
/// @param waived gate to reason
public record Permit(
        Optional<Window> window,
        SecondPerson secondPerson,
        Limits limits,
        Throttles throttles,
        Map<String, String> waived,
        InstantSource clock) {
    /// At any time, with every gate.
    public static final Permit ALWAYS = new Permit(
            Optional.empty(), SecondPerson.HIGH, Limits.DEFAULT, Throttles.NONE, Map.of(), InstantSource.system());

    /// For which migrations somebody else than the one who applies must have approved.
    public enum SecondPerson {
        ALWAYS,
        /// For those whose rehearsal found a high risk, and for backfills that delete.
        HIGH,
        NEVER
    }

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    public Permit {
        requireNonNull(window);
        requireNonNull(secondPerson);
        requireNonNull(limits);
        requireNonNull(throttles);
        waived = Map.copyOf(waived);
        requireNonNull(clock);
    }

    Gate windowGate() {
        return window.map(this::gate).orElseGet(() -> Gate.open(Gate.WINDOW, "production may be changed at any time"));
    }

    private Gate gate(Window hours) {
        String now = "it is " + MINUTES.format(hours.timeOf(clock.instant())) + ", the window is " + hours;
        return hours.contains(clock.instant())
                ? Gate.open(Gate.WINDOW, now)
                : Gate.closed(Gate.WINDOW, now, "come back then, or say why not: --waive \"window=REASON\"");
    }

    /// @return why evidence of that age counts no more; empty when it counts
    Optional<String> tooOld(Evidence evidence) {
        String most = Quantities.time(limits.evidenceAge());
        if (evidence.rehearsedAt().isEmpty()) {
            return Optional.of("the evidence does not tell when it was rehearsed, and counts for " + most);
        }
        Duration age = Duration.between(evidence.rehearsedAt().get(), clock.instant());
        return age.compareTo(limits.evidenceAge()) > 0
                ? Optional.of("rehearsed " + Quantities.time(age) + " ago, and evidence counts for " + most)
                : Optional.empty();
    }

    /// @param highRisk whether it may lose data or hold production up
    /// @param others the logins that have approved just this text
    Gate approvalGate(Migration migration, boolean highRisk, List<String> others) {
        if (!others.isEmpty()) {
            return Gate.open(Gate.APPROVAL, "approved by " + String.join(", ", others));
        }
        return needsSecondPerson(highRisk)
                ? Gate.closed(
                        Gate.APPROVAL,
                        "nobody else has approved this text",
                        "somebody else, by a login of their own: godwit approve " + migration.id())
                : Gate.open(Gate.APPROVAL, "one person is enough");
    }

    private boolean needsSecondPerson(boolean highRisk) {
        return switch (secondPerson) {
            case ALWAYS -> true;
            case HIGH -> highRisk;
            case NEVER -> false;
        };
    }

    /// @return what holds a backfill up, the standbys that must follow included
    Throttles throttlesOfAll() {
        return limits.replicas().equals(Replicas.NONE)
                ? throttles
                : throttles.and(_ -> new ReplicaLag(limits.replicas().names(), limits.replicaLag()));
    }

    /// @return the gates, those that are closed and waived open
    List<Gate> over(List<Gate> gates) {
        return gates.stream().map(this::over).toList();
    }

    private Gate over(Gate gate) {
        String reason = waived.get(gate.name());
        return reason == null || gate.open() ? gate : gate.waived(reason);
    }

    /// @throws dev.godwit.problem.GodwitException when a gate that is to be waived is none, or none that can be
    void requireKnown(List<Gate> gates) {
        List<String> names = gates.stream()
                .map(Gate::name)
                .filter(name -> !name.equals(Gate.RECORD) && !name.equals(LossGate.NAME))
                .toList();
        waived.keySet().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw Problem.usage("there is no gate \"" + name + "\" to waive")
                            .leaving("production is as it was")
                            .remedy("the gates are " + String.join(", ", names))
                            .raise();
                });
    }
}
