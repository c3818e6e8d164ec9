package dev.godwit.command;

import dev.godwit.source.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// A libpq password file for one endpoint, for programs that read it and not the variable. In a
/// directory that nobody else may enter, and readable by its owner alone, or libpq ignores it.
final class PasswordFile {
    private PasswordFile() {}

    static Path write(Path directory, Endpoint endpoint) {
        Path file = directory.resolve("pgpass");
        String password = endpoint.password().orElse("").replace("\\", "\\\\").replace(":", "\\:");
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, "*:*:*:*:" + password + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
