package dev.godwit.apply;

import static java.util.Objects.requireNonNull;

import dev.godwit.problem.Problem;
import java.util.List;
import java.util.Optional;

/// One condition for changing production.
///
/// @param reason what was found, open or closed
/// @param remedy how to open it; of an open one what is better done nevertheless, empty when there is nothing
public record Gate(String name, boolean open, String reason, String remedy) {
    static final String WINDOW = "window";
    static final String APPROVAL = "approval";
    static final String EVIDENCE = "evidence";
    static final String SCHEMA = "schema";

    /// Of what is torn already: no reason mends that.
    static final String RECORD = "record";

    public Gate {
        requireNonNull(name);
        requireNonNull(reason);
        requireNonNull(remedy);
    }

    static Gate open(String name, String reason) {
        return new Gate(name, true, reason, "");
    }

    static Gate closed(String name, String reason, String remedy) {
        return new Gate(name, false, reason, remedy);
    }

    /// What could not be asked is no pass, and is said; but it stops nobody.
    static Gate warned(String name, String reason, String remedy) {
        return new Gate(name, true, reason, remedy);
    }

    /// @param why somebody's reason to go on although it is closed
    Gate waived(String why) {
        return open(name, reason + "; waived: " + why);
    }

    /// @return the refusal, naming every closed gate; empty when all are open
    public static Optional<Problem> refusal(String migration, List<Gate> gates) {
        List<Gate> closed = gates.stream().filter(gate -> !gate.open()).toList();
        if (closed.isEmpty()) {
            return Optional.empty();
        }
        String what = closed.size() == 1 ? "a gate is closed" : closed.size() + " gates are closed";
        String reasons = String.join(
                "\n",
                closed.stream().map(gate -> gate.name() + ": " + gate.reason()).toList());
        String remedies =
                String.join("\n", closed.stream().map(Gate::remedy).distinct().toList());
        return Optional.of(Problem.refused(migration + ": " + what + "\n  " + reasons.replace("\n", "\n  "))
                .leaving("production is as it was")
                .remedy(remedies));
    }
}
