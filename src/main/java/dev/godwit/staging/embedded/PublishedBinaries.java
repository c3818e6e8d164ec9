package dev.godwit.staging.embedded;

import static java.util.Objects.requireNonNull;

import dev.godwit.staging.embedded.Binaries.Origin;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Binaries from Maven Central, unpacked once into the cache. The jar is looked for on the class path (one major is
/// bundled), then in the local Maven repository, then downloaded; wherever it was, its checksum decides.
final class PublishedBinaries {
    private final PinnedArtifact artifact;
    private final Surroundings surroundings;
    private final Cache cache;

    PublishedBinaries(PinnedArtifact artifact, Surroundings surroundings, Cache cache) {
        this.artifact = requireNonNull(artifact);
        this.surroundings = requireNonNull(surroundings);
        this.cache = requireNonNull(cache);
    }

    Binaries get() throws IOException {
        Path unpacked = cache.entry("postgres", artifact.name(), this::unpackInto);
        return new Binaries(Origin.PUBLISHED, unpacked.resolve("bin"), artifact.version());
    }

    private void unpackInto(Path directory) throws IOException {
        Disk.requireSpace(directory, Disk.UNPACKED_BINARIES, "unpack PostgreSQL " + artifact.version());
        Optional<Path> local = new JarLookup(surroundings).find(artifact);
        if (local.isPresent()) {
            unpack(local.get(), directory);
            return;
        }
        Path download = directory.resolveSibling(artifact.name() + ".jar.partial");
        try {
            new Download(surroundings.mavenRepository()).fetch(artifact, download);
            unpack(download, directory);
        } finally {
            Files.deleteIfExists(download);
        }
    }

    private void unpack(Path jar, Path directory) throws IOException {
        Checksum.require(artifact, jar);
        try (ZipFile zip = new ZipFile(jar.toFile());
                InputStream archive = new BufferedInputStream(zip.getInputStream(archive(zip)))) {
            Archive.unpack(archive, directory);
        }
    }

    private static ZipEntry archive(ZipFile zip) throws IOException {
        return zip.stream()
                .filter(entry -> entry.getName().endsWith(".txz"))
                .map(ZipEntry.class::cast)
                .findFirst()
                .orElseThrow(() -> new IOException("no .txz in " + zip.getName()));
    }
}
