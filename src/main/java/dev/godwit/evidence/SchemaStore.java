package dev.godwit.evidence;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.catalog.SchemaObject;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/// The schemas that migrations were rehearsed on, `godwit/evidence/schemas/<digest>.json`, so that `apply` can say in
/// what production's is another. Named by what they hold: two rehearsals on one schema share a file. Without grants,
/// whose roles belong to a server.
public final class SchemaStore {
    /// Hexadecimal digits of the fingerprint in a name: 64 bits.
    private static final int NAME_LENGTH = 16;

    private static final String ENDING = ".json";

    private final Path directory;

    public SchemaStore(Path projectRoot) {
        this.directory = projectRoot.resolve("godwit").resolve("evidence").resolve("schemas");
    }

    private static String name(String fingerprint) {
        String hex = fingerprint.substring(fingerprint.indexOf(':') + 1);
        return hex.substring(0, Math.min(NAME_LENGTH, hex.length())) + ENDING;
    }

    public void write(CatalogSnapshot schema) {
        Path file = directory.resolve(name(Fingerprint.withoutGrants(schema)));
        List<SchemaObject> objects = schema.objects().stream()
                .filter(object -> object.kind() != SchemaObject.Kind.GRANT)
                .toList();
        try {
            Files.createDirectories(directory);
            Path draft = Files.createTempFile(directory, ".schema", ENDING);
            Files.writeString(draft, EvidenceJson.write(objects) + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unusable("written", file, e);
        }
    }

    /// @return the schema, of no version; empty when it was not kept, or when the file is not what was written
    public Optional<CatalogSnapshot> read(String fingerprint) {
        Path file = directory.resolve(name(fingerprint));
        try {
            return Files.exists(file)
                    ? parse(Files.readString(file)).filter(schema -> is(schema, fingerprint))
                    : Optional.empty();
        } catch (IOException e) {
            throw unusable("read", file, e);
        }
    }

    private static boolean is(CatalogSnapshot schema, String fingerprint) {
        return Fingerprint.withoutGrants(schema).equals(fingerprint);
    }

    /// A file with the marks of a merge in it says nothing, and nothing depends on it but how well a refusal is told.
    private static Optional<CatalogSnapshot> parse(String json) {
        try {
            List<SchemaObject> objects = Arrays.stream(EvidenceJson.read(json, SchemaObject[].class))
                    .filter(Objects::nonNull)
                    .toList();
            return Optional.of(
                    new CatalogSnapshot(PostgresVersion.ofMajor(PostgresVersion.NEWEST_MAJOR), List.of(), objects));
        } catch (JacksonException broken) {
            return Optional.empty();
        }
    }

    /// Takes away the others, so that the directory does not grow with every migration that was ever rehearsed.
    public void keepOnly(Set<String> fingerprints) {
        Set<String> names = fingerprints.stream().map(SchemaStore::name).collect(Collectors.toSet());
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(ENDING) && !names.contains(name)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw unusable("tidied", directory, e);
        }
    }

    private static RuntimeException unusable(String what, Path place, IOException e) {
        return Problem.usage("the rehearsed schema cannot be " + what + ": " + e.getMessage())
                .at(place.toString())
                .remedy("make the directory writable and readable, and try again")
                .raise();
    }
}
