package dev.godwit.staging.embedded;

import dev.godwit.postgres.PostgresVersion;
import dev.godwit.problem.Problem;
import dev.godwit.staging.embedded.Binaries.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks for a PostgreSQL that the machine already has.
final class InstalledBinaries {
    /// The value of `GODWIT_POSTGRES_N` that asks for the published binaries whatever is installed.
    static final String PUBLISHED = "published";

    /// `postgres (PostgreSQL) 15.12 (Debian 15.12-0+deb12u2)`; a beta is `18beta1`.
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)(?:\\.(\\d+))?");

    private final int major;
    private final Optional<String> configured;

    InstalledBinaries(int major, Surroundings surroundings) {
        this.major = major;
        this.configured = surroundings.variable(variableName());
    }

    private String variableName() {
        return "GODWIT_POSTGRES_" + major;
    }

    Optional<Binaries> find() throws IOException {
        if (configured.isPresent()) {
            return configured.get().equals(PUBLISHED) ? Optional.empty() : Optional.of(configured(configured.get()));
        }
        for (Path directory : customaryDirectories()) {
            Optional<Binaries> found = inspect(Origin.INSTALLED, directory);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Binaries configured(String value) throws IOException {
        Path directory = Path.of(value).toAbsolutePath();
        for (Path candidate : List.of(directory.resolve("bin"), directory)) {
            Optional<Binaries> found = inspect(Origin.CONFIGURED, candidate);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw Problem.usage(variableName() + " names no PostgreSQL " + major)
                .at(directory.toString())
                .remedy("name the directory that holds its postgres and initdb, or unset " + variableName())
                .raise();
    }

    /// Debian and Ubuntu, Red Hat's PGDG packages, Alpine; then what `pg_config` says.
    private List<Path> customaryDirectories() throws IOException {
        List<Path> directories = new ArrayList<>(List.of(
                Path.of("/usr/lib/postgresql/" + major + "/bin"),
                Path.of("/usr/pgsql-" + major + "/bin"),
                Path.of("/usr/libexec/postgresql" + major)));
        pgConfig().ifPresent(directories::add);
        return directories;
    }

    /// It may be that of a client library alone, and of any major.
    private Optional<Path> pgConfig() throws IOException {
        String question = "command -v pg_config >/dev/null && pg_config --version && pg_config --bindir";
        Command answer = Command.run(Path.of("/"), List.of("sh", "-c", question));
        List<String> lines = answer.output().lines().toList();
        boolean right = answer.succeeded() && lines.getFirst().matches("PostgreSQL " + major + "\\b.*");
        return right ? Optional.of(Path.of(lines.getLast())) : Optional.empty();
    }

    private Optional<Binaries> inspect(Origin origin, Path directory) throws IOException {
        Path postgres = directory.resolve("postgres");
        if (!Files.isExecutable(postgres) || !Files.isExecutable(directory.resolve("initdb"))) {
            return Optional.empty();
        }
        return version(Command.run(Path.of("/"), List.of(postgres.toString(), "-V")))
                .filter(version -> version.major() == major)
                .map(version -> new Binaries(origin, directory, version));
    }

    private static Optional<PostgresVersion> version(Command asked) {
        Matcher matcher = VERSION.matcher(asked.output());
        if (!asked.succeeded() || !matcher.find()) {
            return Optional.empty();
        }
        String minor = matcher.group(2);
        int major = Integer.parseInt(matcher.group(1));
        return Optional.of(new PostgresVersion(major, minor == null ? 0 : Integer.parseInt(minor)));
    }
}
