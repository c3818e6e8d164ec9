package dev.godwit.staging.embedded;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/// Gets a jar from a Maven repository, which may be a mirror: what arrives is checked against the pinned checksum.
///
/// @param repository without a slash at its end
record Download(String repository) {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration WHOLE = Duration.ofMinutes(5);

    void fetch(PinnedArtifact artifact, Path target) {
        String address = repository + "/" + artifact.path();
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(address)).timeout(WHOLE).build();
            HttpResponse<Path> response = send(client, request, target);
            if (response.statusCode() != 200) {
                throw problem(artifact, address, "it answered " + response.statusCode())
                        .raise();
            }
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new GodwitException(problem(artifact, address, reason), e);
        }
    }

    private static HttpResponse<Path> send(HttpClient client, HttpRequest request, Path target) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofFile(target));
        } catch (InterruptedException interrupted) {
            throw Interruption.stopped(interrupted);
        }
    }

    private static Problem problem(PinnedArtifact artifact, String address, String reason) {
        int major = artifact.version().major();
        return Problem.usage("could not download the binaries of PostgreSQL " + artifact.version() + ": " + reason)
                .at(address)
                .leaving("nothing was kept")
                .remedy("set GODWIT_MAVEN_REPOSITORY to a mirror, or install PostgreSQL " + major);
    }
}
