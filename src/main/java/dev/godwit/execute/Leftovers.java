package dev.godwit.execute;

import dev.godwit.db.Session;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.Statement;
import java.util.Optional;

/// What a failed CONCURRENTLY has left: an invalid index that every write pays for and whose name a second build finds
/// taken.
public final class Leftovers {
    private Leftovers() {}

    /// Drops, concurrently, the invalid index that an earlier build of the same name on the same table left; one that
    /// somebody builds at this moment is left alone.
    ///
    /// @param session outside of a transaction
    /// @return the index that was dropped
    public static Optional<String> dropInvalid(Session session, Statement.CreateIndex create) {
        Optional<IndexState> left = create.name()
                .flatMap(name -> IndexState.find(
                        session, new QualifiedName(create.table().schema(), name)))
                .filter(index -> !index.valid() && index.table().equals(create.table()))
                .filter(index -> index.builder(session).isEmpty());
        left.ifPresent(index -> index.drop(session));
        return left.map(index -> index.name().toString());
    }
}
