package dev.godwit.staging.embedded;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Finds a jar of binaries on this machine: on the class path, then in the local Maven repository.
record JarLookup(Surroundings surroundings) {
    /// Every jar of binaries has this at its top, beside the one archive.
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    Optional<Path> find(PinnedArtifact artifact) throws IOException {
        List<Path> candidates = new ArrayList<>(bundled(artifact.name() + ".jar"));
        candidates.add(new LocalRepository(surroundings).directory().resolve(artifact.path()));
        return candidates.stream().filter(Files::isRegularFile).findFirst();
    }

    /// Asks the class loader, since `java.class.path` does not name what a manifest's `Class-Path` adds.
    private static List<Path> bundled(String fileName) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (URL found : Collections.list(JarLookup.class.getClassLoader().getResources(MANIFEST))) {
            if (found.toString().contains("/" + fileName + "!")
                    && found.openConnection() instanceof JarURLConnection jar) {
                jars.add(Path.of(URI.create(jar.getJarFileURL().toString())));
            }
        }
        return jars;
    }
}
