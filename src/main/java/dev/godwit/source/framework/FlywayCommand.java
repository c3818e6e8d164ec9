package dev.godwit.source.framework;

import dev.godwit.problem.Problem;
import dev.godwit.source.Endpoint;
import dev.godwit.source.Invocation;
import dev.godwit.source.Migration;
import dev.godwit.source.OwnRunner.Place;
import dev.godwit.source.Project;
import dev.godwit.source.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Flyway's command lines: the project's own program, else the one that Godwit brings along.
record FlywayCommand(Place place, FlywayConfig config) {
    private static final BundledProgram BUNDLED =
            BundledProgram.of("flyway", "org.flywaydb.commandline.Main", "Flyway");

    /// No file is called like this, so no repeatable is found.
    private static final String HIDDEN = "-repeatableSqlMigrationPrefix=godwit-hides-repeatables";

    static FlywayCommand of(Place place) {
        return new FlywayCommand(place, FlywayConfig.of(place.project()));
    }

    /// `migrate` runs every repeatable that has changed as well, target or not; so those that are not meant are hidden.
    Invocation up(Migration migration) {
        if (new FlywayHistory(config).isClass(migration)
                && program(place.project()).isEmpty()) {
            throw javaMigration(migration).raise();
        }
        List<String> options = new ArrayList<>();
        if (migration.repeats()) {
            options.addAll(alone(migration));
        } else {
            options.addAll(locations());
            options.add("-target=" + migration.version());
            options.add("-outOfOrder=true");
            if (place.migrations().migrations().stream().anyMatch(Migration::repeats)) {
                options.addAll(List.of(HIDDEN, "-validateMigrationNaming=false", ignoring("repeatable:missing")));
            }
        }
        options.add("migrate");
        return invocation(options);
    }

    Invocation status() {
        List<String> options = new ArrayList<>(locations());
        options.addAll(List.of("-outputType=json", "info"));
        return invocation(options);
    }

    private List<String> locations() {
        return config.locationsInOwnFile() ? List.of() : List.of("-locations=" + config.fileLocations());
    }

    /// A repeatable among others runs from a copy of the locations that lacks the others.
    private List<String> alone(Migration migration) {
        boolean only = place.migrations().migrations().stream()
                        .filter(Migration::repeats)
                        .count()
                == 1;
        if (only) {
            return locations();
        }
        try {
            return List.of("-locations=filesystem:" + copyWithout(migration), ignoring("repeatable:missing"));
        } catch (IOException e) {
            throw Problem.usage("the migrations cannot be copied: " + Reasons.of(e))
                    .at(place.scratch().toString())
                    .raise();
        }
    }

    private Path copyWithout(Migration kept) throws IOException {
        Path copy = place.scratch().resolve("flyway-locations");
        for (FlywayListing.Entry entry : new FlywayListing(config).entries()) {
            boolean other = entry.name().kind() == FlywayName.Kind.REPEATABLE
                    && !entry.path().equals(kept.file());
            if (!other) {
                copy(entry.path(), copy.resolve(entry.location().relativize(entry.path())));
            }
        }
        return copy;
    }

    private static void copy(Path file, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
        Path conf = file.resolveSibling(file.getFileName() + ".conf");
        if (Files.exists(conf)) {
            Files.copy(conf, to.resolveSibling(conf.getFileName()));
        }
    }

    private String ignoring(String pattern) {
        String own = config.settings().getOrDefault("ignoremigrationpatterns", "*:future");
        return "-ignoreMigrationPatterns=" + own + "," + pattern;
    }

    /// @return the project's own, or the one on the `PATH`
    static Optional<Path> program(Project project) {
        return ProjectProgram.find(project.root(), List.of("flyway"), "flyway");
    }

    private Invocation invocation(List<String> options) {
        Optional<Path> own = program(place.project());
        List<String> command = Stream.of(
                        own.map(p -> List.of(p.toString())).orElseGet(BUNDLED::command), settingsFile(), options)
                .flatMap(List::stream)
                .toList();
        return new Invocation(command, place.project().root(), environment());
    }

    /// Flyway finds its file in the directory that it is started in; below `conf` it looks beside its own program.
    private List<String> settingsFile() {
        return config.file()
                .filter(file -> !place.project().root().equals(file.getParent()))
                .map(file -> List.of("-configFiles=" + file.toAbsolutePath()))
                .orElse(List.of());
    }

    /// With its usual lock, in a transaction on a second connection, Flyway waits for itself when an index is built
    /// concurrently, for ever. A lock of the session holds no snapshot.
    private Map<String, String> environment() {
        Endpoint endpoint = place.endpoint();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("FLYWAY_URL", endpoint.jdbcUrl());
        environment.put("FLYWAY_USER", endpoint.user());
        environment.put("FLYWAY_PASSWORD", endpoint.password().orElse(""));
        environment.put("FLYWAY_POSTGRESQL_TRANSACTIONAL_LOCK", "false");
        schema().ifPresent(table -> environment.put("FLYWAY_TABLE", table));
        return environment;
    }

    /// A Spring project tells Flyway its table by Spring's settings, which Flyway's own program does not read.
    private Optional<String> schema() {
        boolean own =
                config.file().isPresent() && config.project().versionTable().isEmpty();
        return own ? Optional.empty() : Optional.of(config.table().name());
    }

    private Problem javaMigration(Migration migration) {
        return Problem.usage(migration.id() + " is a class: Godwit's own copy of Flyway cannot run it")
                .at(migration.up().text().name())
                .remedy("put your flyway program into the project or on the PATH, with the class in its jarDirs");
    }
}
