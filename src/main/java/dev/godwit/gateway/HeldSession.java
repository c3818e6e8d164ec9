package dev.godwit.gateway;

import dev.godwit.db.Queries;

/// The client's own backend while it is held between two messages. What is asked here travels by the extended protocol
/// under names of Godwit's own, so the client's unnamed statement and portal survive, and the client sees nothing of
/// it. A query that fails inside a transaction fails the client's transaction.
///
/// Valid only inside the call that it was given to, and on that thread.
public interface HeldSession extends Queries {
    /// @return false in the middle of a pipeline and in a failed transaction, where nothing can be asked
    boolean canQuery();

    /// @param sql one statement; a setting made here stays until it is set back
    /// @throws IllegalStateException unless [#canQuery]
    @Override
    void execute(String sql);
}
