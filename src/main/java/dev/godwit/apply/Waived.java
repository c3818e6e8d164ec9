package dev.godwit.apply;

import dev.godwit.db.Session;
import dev.godwit.execute.Connections;
import dev.godwit.execute.EventLog;
import dev.godwit.execute.Ledger;
import java.util.List;

/// What the ledger keeps of a gate that was passed although it was closed.
///
/// @param found why it was closed
record Waived(String gate, String found, String reason) {
    /// @param judged before anything was waived
    static void keep(Connections connections, String migration, List<Gate> judged, Permit permit) {
        List<Gate> closed = judged.stream().filter(gate -> !gate.open()).toList();
        if (closed.isEmpty()) {
            return;
        }
        try (Session session = connections.open()) {
            Ledger.prepare(session);
            closed.forEach(gate -> EventLog.append(
                    session,
                    migration,
                    "waived",
                    new Waived(gate.name(), gate.reason(), permit.waived().getOrDefault(gate.name(), ""))));
        }
    }
}
