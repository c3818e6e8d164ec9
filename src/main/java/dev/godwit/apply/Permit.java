package dev.godwit.apply;

import static java.util.Objects.requireNonNull;

import dev.godwit.problem.Problem;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the project and its operator say about changing production: when, and over which closed gates.
///
/// @param waived gate to reason
public record Permit(Optional<Window> window, Map<String, String> waived, InstantSource clock) {
    /// At any time, with every gate.
    public static final Permit ALWAYS = new Permit(Optional.empty(), Map.of(), InstantSource.system());

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    public Permit {
        requireNonNull(window);
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
                .filter(name -> !name.equals(Gate.RECORD))
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
