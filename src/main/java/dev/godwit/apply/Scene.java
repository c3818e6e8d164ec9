package dev.godwit.apply;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.Session;
import dev.godwit.execute.Cancellation;
import dev.godwit.execute.Connections;
import dev.godwit.execute.Work;

/// Production, and what is about to be done to it.
///
/// @param session not in a transaction
/// @param connections for a gate that needs more than one
record Scene(
        Session session, Connections connections, Order order, Work work, Limits limits, Cancellation cancellation) {
    Scene {
        requireNonNull(session);
        requireNonNull(connections);
        requireNonNull(order);
        requireNonNull(work);
        requireNonNull(limits);
        requireNonNull(cancellation);
    }

    /// @return the login whose rights decide what can be seen
    String role() {
        return session.queryOne("SELECT current_user::text AS role", row -> row.text("role"))
                .orElseThrow();
    }
}
