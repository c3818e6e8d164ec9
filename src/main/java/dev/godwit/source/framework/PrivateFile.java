package dev.godwit.source.framework;

import dev.godwit.problem.Problem;
import dev.godwit.source.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Files of an adapter's own in Godwit's scratch directory, which nobody else may read.
final class PrivateFile {
    private PrivateFile() {}

    static void write(Path file, String content) {
        try {
            Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
            Files.deleteIfExists(file);
            if (Files.getFileStore(file.toAbsolutePath().resolveSibling("")).supportsFileAttributeView("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(file, content);
        } catch (IOException e) {
            throw Problem.usage("the file cannot be written: " + Reasons.of(e))
                    .at(file.toString())
                    .remedy("check the permissions and free space of the directory for temporary files")
                    .raise();
        }
    }
}
