package dev.godwit.apply;

import dev.godwit.db.DatabaseException;
import dev.godwit.postgres.SqlState;
import dev.godwit.problem.Problem;
import java.util.List;

/// A question to production as it is at this moment, not to what was rehearsed.
interface LiveGate {
    /// `feature_not_supported`.
    String NOT_SUPPORTED = "0A000";

    /// All of them, in the order in which they are asked. A new one is one file, its line here and its row in
    /// `docs/gates.md`.
    List<LiveGate> ALL = List.of(new PoolerGate(), new BlockersGate(), new ReplicasGate(), new DiskGate());

    /// A login may lack a right, and a managed service a function: what cannot be asked is closed, and may be waived.
    static List<Gate> askAll(Scene scene) {
        return ALL.stream().map(gate -> gate.askSafely(scene)).toList();
    }

    /// @param problem why nobody knows what the migration needs
    static List<Gate> noneAsked(Problem problem) {
        return ALL.stream()
                .map(gate -> Gate.closed(gate.name(), "unknown: " + problem.what(), problem.remedy()))
                .toList();
    }

    private Gate askSafely(Scene scene) {
        try {
            return ask(scene);
        } catch (DatabaseException e) {
            if (!e.sqlState().equals(SqlState.INSUFFICIENT_PRIVILEGE)
                    && !e.sqlState().equals(NOT_SUPPORTED)) {
                throw e;
            }
            return Gate.closed(
                    name(),
                    "it cannot be asked: " + Shown.text(e.serverMessage()),
                    "give this login the right, or say why it may be passed: --waive \"" + name() + "=REASON\"");
        }
    }

    /// @return the name that `--waive` takes
    String name();

    Gate ask(Scene scene);
}
