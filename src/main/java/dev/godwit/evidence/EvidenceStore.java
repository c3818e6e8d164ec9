package dev.godwit.evidence;

import dev.godwit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// Evidence files of a project, `godwit/evidence/<migration>.json`: reviewed like code, so written whole or not at all.
public final class EvidenceStore {
    private final Path directory;

    public EvidenceStore(Path projectRoot) {
        this.directory = projectRoot.resolve("godwit").resolve("evidence");
    }

    public Path file(String migration) {
        return directory.resolve(migration + ".json");
    }

    public Path write(Evidence evidence) {
        Path file = file(evidence.migration());
        try {
            Files.createDirectories(directory);
            Path draft = Files.createTempFile(directory, ".evidence", ".json");
            Files.writeString(draft, EvidenceJson.write(evidence) + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw Problem.usage("cannot write the evidence: " + e.getMessage())
                    .at(file.toString())
                    .remedy("make the directory writable and rehearse again")
                    .raise();
        }
    }

    public Optional<Evidence> read(String migration) {
        Path file = file(migration);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(EvidenceJson.read(Files.readString(file)));
        } catch (IOException | JacksonException e) {
            throw Problem.usage("the evidence cannot be read: " + firstLine(e))
                    .at(file.toString())
                    .remedy("restore the file from version control, or rehearse again: godwit rehearse " + migration)
                    .raise();
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
