package dev.godwit.staging.embedded;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What the machine and the user say about where things are. It is taken from the process once and handed down, so that
/// a test can say something else.
///
/// @param environment environment variables
/// @param home the user's home directory
/// @param temporary the JVM's temporary directory
/// @param architecture as `os.arch` writes it, `amd64` or `aarch64`
/// @param mavenLocal what `-Dmaven.repo.local` says, if anything
public record Surroundings(
        Map<String, String> environment, Path home, Path temporary, String architecture, Optional<Path> mavenLocal) {
    private static final String CENTRAL = "https://repo.maven.apache.org/maven2";

    public Surroundings {
        environment = Map.copyOf(environment);
        requireNonNull(home);
        requireNonNull(temporary);
        requireNonNull(architecture);
        requireNonNull(mavenLocal);
    }

    public static Surroundings ofThisProcess() {
        return new Surroundings(
                System.getenv(),
                Path.of(System.getProperty("user.home", "/")),
                Path.of(System.getProperty("java.io.tmpdir", "/tmp")),
                System.getProperty("os.arch", ""),
                Optional.ofNullable(System.getProperty("maven.repo.local")).map(Path::of));
    }

    /// @return the same with these environment variables instead
    Surroundings with(Map<String, String> otherEnvironment) {
        return new Surroundings(otherEnvironment, home, temporary, architecture, mavenLocal);
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /// Source: XDG Base Directory Specification, `XDG_CACHE_HOME`.
    Path cache() {
        return variable("GODWIT_CACHE").map(Path::of).orElseGet(this::userCache).toAbsolutePath();
    }

    private Path userCache() {
        return variable("XDG_CACHE_HOME")
                .map(Path::of)
                .orElseGet(() -> home.resolve(".cache"))
                .resolve("godwit");
    }

    /// @return where the directories of running servers are made
    Path clusters() {
        return variable("GODWIT_TMP").map(Path::of).orElse(temporary).toAbsolutePath();
    }

    /// @return the Maven repository to download from, without a slash at its end
    String mavenRepository() {
        return variable("GODWIT_MAVEN_REPOSITORY").orElse(CENTRAL).replaceAll("/+$", "");
    }
}
