package dev.godwit.source;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.QualifiedName;
import java.nio.file.Path;
import java.util.Optional;

/// Where a project's migrations are.
///
/// @param root the directory that holds the project
/// @param directory the migrations' directory relative to the root, when the configuration says; else the framework's
/// own
/// @param versionTable the version table, when the configuration says; else the framework's own
public record Project(Path root, Optional<String> directory, Optional<QualifiedName> versionTable) {
    public Project {
        requireNonNull(root);
        requireNonNull(directory);
        requireNonNull(versionTable);
    }

    /// A project about which nothing is configured.
    public static Project at(Path root) {
        return new Project(root, Optional.empty(), Optional.empty());
    }

    /// @return the path as people read it, relative to the root where it lies inside, with `/` on every system
    public String display(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path base = root.toAbsolutePath().normalize();
        Path shown = absolute.startsWith(base) && !absolute.equals(base) ? base.relativize(absolute) : absolute;
        return shown.toString().replace('\\', '/');
    }
}
