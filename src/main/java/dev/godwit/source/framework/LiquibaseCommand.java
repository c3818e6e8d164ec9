package dev.godwit.source.framework;

import dev.godwit.problem.Problem;
import dev.godwit.source.Endpoint;
import dev.godwit.source.Invocation;
import dev.godwit.source.Migration;
import dev.godwit.source.OwnRunner.Place;
import dev.godwit.source.Project;
import dev.godwit.source.Reasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Liquibase's command lines: the project's own program, else the one that Godwit brings along.
record LiquibaseCommand(Place place, LiquibaseConfig config) {
    private static final BundledProgram BUNDLED =
            BundledProgram.of("liquibase", "liquibase.integration.commandline.LiquibaseCommandLine", "Liquibase");

    private static final Pattern CLASS_PATH = Pattern.compile("((?:file|path)\"?\\s*[=:]\\s*[\"']?)classpath\\*?:/*");

    static LiquibaseCommand of(Place place) {
        return new LiquibaseCommand(place, LiquibaseConfig.of(place.project()));
    }

    /// The next one that is not applied. Those that run always count as well, each time.
    Invocation up(Migration migration) {
        long count = 1;
        for (LiquibaseChangeSet one : new LiquibaseListing(config).changeSets()) {
            if (one.version().equals(migration.version())) {
                break;
            }
            count += one.runAlways() ? 1 : 0;
        }
        return invocation(List.of("update-count", "--count=" + count));
    }

    Invocation down() {
        return invocation(List.of("rollback-count", "--count=1"));
    }

    /// `status` would make Liquibase's tables; `history` only reads.
    Invocation status() {
        return invocation(List.of("history"));
    }

    private Invocation invocation(List<String> words) {
        Path root = place.project().root();
        Optional<Path> own = program(place.project());
        List<String> command =
                new ArrayList<>(own.map(p -> List.of(p.toString())).orElseGet(BUNDLED::command));
        config.file()
                .filter(file -> !root.equals(file.getParent()))
                .ifPresent(file -> command.add("--defaults-file=" + file.toAbsolutePath()));
        boolean known = config.changelogInOwnFile() || config.settings().containsKey("searchpath");
        if (namesClassPath()) {
            command.add("--search-path=.," + translated());
        } else if (!known) {
            command.add("--search-path=" + String.join(",", config.searchPath()));
        }
        command.add(words.getFirst());
        boolean reads = words.getFirst().equals("history");
        if (!config.changelogInOwnFile() && !reads) {
            config.changelog().ifPresent(name -> command.add("--changelog-file=" + name));
        }
        command.addAll(words.subList(1, words.size()));
        return new Invocation(command, root, environment());
    }

    /// @return the project's own, or the one on the `PATH`
    static Optional<Path> program(Project project) {
        return ProjectProgram.find(project.root(), List.of("liquibase", "liquibase/liquibase"), "liquibase");
    }

    private boolean namesClassPath() {
        LiquibaseListing listing = new LiquibaseListing(config);
        listing.changeSets();
        return listing.files().stream()
                .flatMap(name -> config.resolve(name).stream())
                .anyMatch(file -> read(file).contains("classpath:"));
    }

    /// Only inside Spring does Liquibase follow an include of `classpath:a.sql`; its command wants `a.sql`. So it reads
    /// a
    /// copy of the resources whose includes say that.
    private Path translated() {
        Path copies = place.scratch().resolve("liquibase-resources");
        for (String folder : config.searchPath()) {
            if (!folder.equals(".")) {
                copy(place.project().root().resolve(folder), copies);
            }
        }
        return copies;
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file));
                Files.createDirectories(copy.getParent());
                if (LiquibaseConfig.isChangelog(file.toString())) {
                    String text = CLASS_PATH.matcher(read(file)).replaceAll("$1");
                    Files.writeString(copy, text, StandardCharsets.ISO_8859_1);
                } else {
                    Files.copy(file, copy);
                }
            }
        } catch (IOException e) {
            throw Problem.usage("the changelogs cannot be copied: " + Reasons.of(e))
                    .at(to.toString())
                    .raise();
        }
    }

    /// Bytes as they are, whatever their encoding.
    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw Problem.usage("the file cannot be read: " + Reasons.of(e))
                    .at(file.toString())
                    .raise();
        }
    }

    /// A lock that a killed run left behind would be waited for five minutes: better an error that names the way out.
    private Map<String, String> environment() {
        Endpoint endpoint = place.endpoint();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("LIQUIBASE_COMMAND_URL", endpoint.jdbcUrl());
        environment.put("LIQUIBASE_COMMAND_USERNAME", endpoint.user());
        environment.put("LIQUIBASE_COMMAND_PASSWORD", endpoint.password().orElse(""));
        environment.put("LIQUIBASE_COMMAND_HISTORY_FORMAT", "TEXT");
        environment.put("LIQUIBASE_CHANGELOG_LOCK_WAIT_TIME_IN_MINUTES", "0");
        environment.put("LIQUIBASE_CHANGELOG_LOCK_POLL_RATE", "2");
        environment.put("LIQUIBASE_SHOW_BANNER", "false");
        if (config.file().isEmpty()) {
            environment.put(
                    "LIQUIBASE_DATABASE_CHANGELOG_TABLE_NAME", config.table().name());
            environment.put(
                    "LIQUIBASE_DATABASE_CHANGELOG_LOCK_TABLE_NAME",
                    config.lockTable().name());
        }
        return environment;
    }
}
