package dev.godwit.source;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An extra power of a [Framework] that carries its migrations out by a command of its own: which command, pointed at
/// which database, and what to make of its answer. Starts nothing itself.
///
/// A command does one migration and no more: what a framework does with several in one run (one transaction for all,
/// one batch to roll back) is then no trap.
public interface OwnRunner {
    /// Where a command runs.
    ///
    /// @param project the user's, or a copy of it when side files (a schema dump, logs) must not reach the user's
    ///     tree
    /// @param migrations all of the project
    /// @param endpoint where it connects
    /// @param scratch an empty directory of Godwit's own, for files that an adapter needs beside the project
    record Place(Project project, MigrationSet migrations, Endpoint endpoint, Path scratch) {
        public Place {
            requireNonNull(project);
            requireNonNull(migrations);
            requireNonNull(endpoint);
            requireNonNull(scratch);
        }
    }

    /// @return what applies this migration and no other; those before it are applied
    Invocation up(Place place, Migration migration);

    /// @return whether the framework knows a way down. Where it does not, Godwit's step runner carries the down script
    ///     out and then the statements of [#rowRemoved], and [#down] is not called
    default boolean hasDown() {
        return true;
    }

    /// @return what undoes this migration and no other; it is the newest that is applied
    Invocation down(Place place, Migration migration);

    /// @return what prints the framework's own word on what is applied; it changes nothing
    Invocation status(Place place);

    /// @return whether code of the project's may choose where a command connects, past what an invocation
    ///     says
    default boolean mayConnectElsewhere(Project project) {
        return true;
    }

    /// @return what to do when one connection of a command waits for another of its own
    default String againstWaitingForItself() {
        return "let it hold no transaction open on one connection while another waits for a lock or builds an index";
    }

    /// @return the lock that the framework keeps in a table, if it keeps one there
    default Optional<TableLock> tableLock(Project project) {
        return Optional.empty();
    }

    /// @return the versions that the framework's own status calls applied
    Set<String> appliedAccordingTo(MigrationSet migrations, Invocation.Finished status);

    /// @return whether a command may run migrations as well that are no files of the project, such as a
    ///     library's
    default boolean takesOthersAlong() {
        return false;
    }

    /// @return those that the framework's own status calls pending and no file of the project is: they run
    ///     along with the first that depends on them
    default List<String> alongside(MigrationSet migrations, Invocation.Finished status) {
        return List.of();
    }

    /// Exit codes lie both ways: Laravel rolls back a missing down with 0, Flyway fails with 0 when a jar is missing.
    ///
    /// @return what went wrong, with the framework's own words that hold no value of a row; empty when nothing did
    Optional<Problem> failure(Invocation.Finished finished);

    /// @return every table that the framework keeps for itself, the version table first
    List<QualifiedName> ownTables(Project project);

    /// @return the statements that record the migration as applied, for one whose effect is there and whose record a
    ///     crash has swallowed
    List<String> rowAdded(Project project, MigrationSet migrations, Migration migration);

    /// @return the statements that take back what the framework recorded of a failed attempt, over which it
    ///     would refuse the next; none when it records none
    default List<String> failureForgotten(Project project, Migration migration) {
        return List.of();
    }

    /// @return the statements that take the record back, for one whose down has run and whose record is still there
    List<String> rowRemoved(Project project, MigrationSet migrations, Migration migration);
}
