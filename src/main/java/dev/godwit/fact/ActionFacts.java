package dev.godwit.fact;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.LockMode;
import dev.godwit.statement.AlterAction;

/// What one action of an ALTER TABLE does by itself.
///
/// @param lock on the table that is altered
/// @param certain false when the work depends on something unknown here, such as the column's present type: then `work`
///     is the worst case
public record ActionFacts(AlterAction action, LockMode lock, Work work, boolean certain) {
    public ActionFacts {
        requireNonNull(action);
        requireNonNull(lock);
        requireNonNull(work);
    }

    static ActionFacts certain(AlterAction action, LockMode lock, Work work) {
        return new ActionFacts(action, lock, work, true);
    }
}
