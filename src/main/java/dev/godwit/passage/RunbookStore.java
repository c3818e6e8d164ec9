package dev.godwit.passage;

import dev.godwit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Runbooks of a project, `godwit/runbooks/<migration>.md`.
final class RunbookStore {
    private final Path directory;

    RunbookStore(Path projectRoot) {
        this.directory = projectRoot.resolve("godwit").resolve("runbooks");
    }

    Path file(String migration) {
        return directory.resolve(migration + ".md");
    }

    void write(String migration, String text) {
        try {
            Files.createDirectories(directory);
            Files.writeString(file(migration), text);
        } catch (IOException e) {
            throw Problem.usage("cannot write the runbook: " + e.getMessage())
                    .at(file(migration).toString())
                    .remedy("make the directory writable and rehearse again")
                    .raise();
        }
    }

    Optional<String> read(String migration) {
        try {
            return Files.exists(file(migration)) ? Optional.of(Files.readString(file(migration))) : Optional.empty();
        } catch (IOException e) {
            throw Problem.usage("the runbook cannot be read: " + e.getMessage())
                    .at(file(migration).toString())
                    .remedy("restore the file, or rehearse again")
                    .raise();
        }
    }
}
