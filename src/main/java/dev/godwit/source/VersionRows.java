package dev.godwit.source;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.Problem;
import java.util.Optional;

/// An extra power of a [Framework] that has no runner of its own: Godwit's step runner carries its scripts out and
/// keeps its version table, a row in the same transaction as its effect wherever the effect is transactional.
public interface VersionRows {
    /// Makes the version table if it is not there.
    String createTable(QualifiedName table);

    /// Records a migration; one parameter, the version.
    String insertRow(QualifiedName table);

    /// Takes the record back; one parameter, the version.
    String deleteRow(QualifiedName table);

    /// @return why the table that is there must not be written to; empty when it is this framework's, or none is there
    Optional<Problem> foreign(VersionTableShape found);
}
