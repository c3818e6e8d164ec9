package dev.godwit.source;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A way of keeping migrations, found by `ServiceLoader`.
///
/// An adapter answers from files alone. What not every framework has is a small interface of its own that the adapter
/// implements as well, as [VersionRows] is for those that Godwit's step runner carries out itself.
public interface Framework {
    /// @return the name in configuration, evidence and test data: `plain-sql`, `rails`
    String id();

    /// @return the name in sentences: `plain SQL`, `Rails`
    String title();

    /// @return whether the project's files show this framework; asked of every framework when none is configured
    boolean recognises(Project project);

    default boolean recognises(Path root) {
        return recognises(Project.at(root));
    }

    /// Reads every migration. Does not throw for a bad file, see [MigrationSet].
    MigrationSet list(Project project);

    default MigrationSet list(Path root) {
        return list(Project.at(root));
    }

    VersionTable versionTable(Project project);

    /// Turns the keys that the version table holds into the versions of the migrations that are applied. They are the
    /// same for most. Alembic records only the newest of each branch, so its adapter adds their ancestors; Laravel
    /// records version and name together.
    ///
    /// @return versions, those of files that are no longer there included
    default Set<String> appliedVersions(MigrationSet set, Collection<String> keys) {
        return keys.stream().collect(Collectors.toUnmodifiableSet());
    }

    /// @return those of the pending that come before an applied one: someone merged them late. Where the
    ///     order is a graph, only what an applied one builds on comes before it
    default List<Migration> late(MigrationSet set, Pending state) {
        return state.outOfOrder();
    }

    /// Lays a new migration out in the project's own convention. Writes nothing.
    List<NewFile> newMigration(Project project, NewMigration request);
}
