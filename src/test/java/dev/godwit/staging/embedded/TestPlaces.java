package dev.godwit.staging.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Surroundings for tests: this process's own, with some variables replaced.
final class TestPlaces {
    private TestPlaces() {}

    /// @param clusters `GODWIT_TMP`; made open to all, for otherwise root could not give its rights away
    static Surroundings in(Path clusters, Map<String, String> more) throws IOException {
        Files.setPosixFilePermissions(clusters, PosixFilePermissions.fromString("rwx--x--x"));
        return closed(clusters, more);
    }

    static Surroundings in(Path clusters) throws IOException {
        return in(clusters, Map.of());
    }

    /// @param clusters `GODWIT_TMP`, left as it is
    static Surroundings closed(Path clusters, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("GODWIT_TMP", clusters.toString());
        environment.putAll(more);
        return Surroundings.ofThisProcess().with(environment);
    }

    static List<Path> clustersIn(Path clusters) throws IOException {
        try (Stream<Path> found = Files.list(clusters)) {
            return found.filter(path -> path.getFileName().toString().startsWith(ClusterDirectory.PREFIX))
                    .toList();
        }
    }
}
