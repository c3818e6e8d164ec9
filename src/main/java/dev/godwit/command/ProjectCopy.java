package dev.godwit.command;

import dev.godwit.problem.Problem;
import dev.godwit.source.Project;
import dev.godwit.staging.embedded.OwnedDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/// A copy of a project in a temporary directory, so that what a framework's command writes beside its work (a schema
/// dump, logs, caches) does not reach the user's tree. Gone when this is closed, and when the next is made after a
/// kill.
///
/// What is large and only read is linked, not copied; what a command writes anew each time is left out.
public final class ProjectCopy implements AutoCloseable {
    private static final Set<String> LINKED = Set.of("node_modules", "vendor", ".venv", "venv", ".bundle");
    private static final Set<String> LEFT_OUT = Set.of(".git", "target", "log", "godwit", "__pycache__");

    private final OwnedDirectory top;
    private final Project project;

    private ProjectCopy(OwnedDirectory top, Project project) {
        this.top = top;
        this.project = project;
    }

    public static ProjectCopy of(Project original) {
        try {
            OwnedDirectory top =
                    OwnedDirectory.create(Path.of(System.getProperty("java.io.tmpdir")), "godwit-project-");
            try {
                Path root = top.path().resolve("project");
                Path from = original.root().toAbsolutePath().normalize();
                Files.walkFileTree(from, new Copier(from, root));
                return new ProjectCopy(top, new Project(root, original.directory(), original.versionTable()));
            } catch (IOException e) {
                top.close();
                throw e;
            }
        } catch (IOException e) {
            throw Problem.usage("the project cannot be copied: " + e.getMessage())
                    .at(original.root().toString())
                    .leaving("nothing was run")
                    .remedy("check free space and rights of " + System.getProperty("java.io.tmpdir"))
                    .raise();
        }
    }

    public Project project() {
        return project;
    }

    /// @return a new empty directory beside the copy, for one command
    public Path scratch() {
        try {
            return Files.createTempDirectory(top.path(), "scratch-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            top.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One walk over the original.
    private static final class Copier extends SimpleFileVisitor<Path> {
        private final Path from;
        private final Path to;

        Copier(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            String name = directory.equals(from) ? "" : directory.getFileName().toString();
            if (LEFT_OUT.contains(name)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            Path target = to.resolve(from.relativize(directory));
            if (LINKED.contains(name)) {
                Files.createSymbolicLink(target, directory);
                return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(target);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.isRegularFile() || attributes.isSymbolicLink()) {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file)),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
