package dev.godwit.staging.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A temporary directory of this process's own. It is gone when this is closed; what a process that was killed has
/// left goes when the next of its kind is made.
public final class OwnedDirectory implements AutoCloseable {
    private final Path path;
    private final Ownership ownership;

    private OwnedDirectory(Path path, Ownership ownership) {
        this.path = requireNonNull(path);
        this.ownership = requireNonNull(ownership);
    }

    /// @param base where it is made
    /// @param prefix of its name and of all of its kind
    public static OwnedDirectory create(Path base, String prefix) throws IOException {
        clearAbandoned(base, prefix);
        Path path = Files.createTempDirectory(base, prefix);
        try {
            return new OwnedDirectory(path, Ownership.take(path));
        } catch (IOException e) {
            Removal.remove(path);
            throw e;
        }
    }

    private static void clearAbandoned(Path base, String prefix) throws IOException {
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(base, prefix + "*")) {
            for (Path candidate : candidates) {
                if (Ownership.abandoned(candidate)) {
                    Removal.remove(candidate);
                }
            }
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        try (ownership) {
            Removal.remove(path);
        }
    }
}
