package dev.godwit.source.framework;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.Problem;
import dev.godwit.source.Project;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a project's files tell Liquibase, as far as Godwit needs it.
///
/// @param settings keys in lower case, without dashes
/// @param file Liquibase's own settings file; empty in a Spring project or where there is none
/// @param problems settings files that cannot be read
record LiquibaseConfig(Project project, Map<String, String> settings, Optional<Path> file, List<Problem> problems) {
    private static final List<String> FILES =
            List.of("liquibase.properties", "src/main/resources/liquibase.properties");
    private static final String RESOURCES = "src/main/resources";

    /// Where projects keep the changelog that begins it all, when no setting says.
    private static final List<String> DIRECTORIES = List.of(
            "db/changelog",
            "db",
            "changelog",
            "changelogs",
            "liquibase",
            "",
            "src/main/resources/db/changelog",
            "src/main/resources/db",
            "src/main/resources/liquibase",
            RESOURCES);

    private static final List<String> NAMES = List.of(
            "db.changelog-master",
            "changelog-master",
            "master",
            "db.changelog-root",
            "changelog-root",
            "changelog.root",
            "db.changelog",
            "dbchangelog",
            "changelog");

    private static final List<String> ENDINGS = List.of(".xml", ".yaml", ".yml", ".json", ".sql");
    private static final int GLANCE_BYTES = 65_536;

    static LiquibaseConfig of(Project project) {
        List<Problem> problems = new ArrayList<>();
        Map<String, String> settings = new TreeMap<>(SettingsText.spring(project, "spring.liquibase", problems));
        if (settings.containsKey("changelog")) {
            settings.put("changelogfile", settings.get("changelog"));
        }
        Optional<Path> file = FILES.stream()
                .map(project.root()::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
        file.ifPresent(f -> SettingsText.read(project, f, problems)
                .forEach((key, value) -> settings.put(key.replaceFirst("^liquibase\\.(?:command\\.)?", ""), value)));
        return new LiquibaseConfig(project, settings, file, problems);
    }

    static boolean isChangelog(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(lower::endsWith);
    }

    /// @return the changelog that begins it all, as Liquibase is told it
    Optional<String> changelog() {
        return project.directory()
                .or(() -> Optional.ofNullable(settings.get("changelogfile")))
                .map(LiquibaseChangeSet::plainFile)
                .or(this::usual);
    }

    /// @return whether Liquibase, started in the project, would find the changelog without being told
    boolean changelogInOwnFile() {
        return project.directory().isEmpty()
                && file.filter(f -> project.root().equals(f.getParent())).isPresent()
                && settings.containsKey("changelogfile");
    }

    private Optional<String> usual() {
        for (String directory : DIRECTORIES) {
            for (String name : NAMES) {
                for (String ending : ENDINGS) {
                    String path = (directory.isEmpty() ? "" : directory + "/") + name + ending;
                    if (isOne(project.root().resolve(path))) {
                        return Optional.of(
                                path.startsWith(RESOURCES + "/") ? path.substring(RESOURCES.length() + 1) : path);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isOne(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(GLANCE_BYTES), StandardCharsets.ISO_8859_1);
            return start.contains("databaseChangeLog")
                    || start.toLowerCase(Locale.ROOT).contains("liquibase formatted sql");
        } catch (IOException _) {
            return false;
        }
    }

    /// @return the folders in which Liquibase looks for what the changelogs name
    List<String> searchPath() {
        String configured = settings.getOrDefault("searchpath", "");
        List<String> own = Stream.of(configured.split(",", -1))
                .map(String::strip)
                .filter(s -> !s.isEmpty() && Files.isDirectory(project.root().resolve(s)))
                .toList();
        if (!own.isEmpty()) {
            return own;
        }
        return Files.isDirectory(project.root().resolve(RESOURCES)) ? List.of(".", RESOURCES) : List.of(".");
    }

    Optional<Path> resolve(String name) {
        return searchPath().stream()
                .map(folder -> project.root().resolve(folder).resolve(name).normalize())
                .filter(Files::exists)
                .findFirst();
    }

    QualifiedName table() {
        return project.versionTable()
                .orElseGet(() ->
                        new QualifiedName(schema(), tableName("databasechangelogtablename", "databasechangelog")));
    }

    QualifiedName lockTable() {
        String schema = project.versionTable().map(QualifiedName::schema).orElseGet(this::schema);
        return new QualifiedName(schema, tableName("databasechangeloglocktablename", "databasechangeloglock"));
    }

    private String schema() {
        return Stream.of("liquibaseschemaname", "liquibaseschema", "defaultschemaname", "defaultschema")
                .flatMap(key -> Optional.ofNullable(settings.get(key)).stream())
                .findFirst()
                .orElse("public");
    }

    /// Liquibase does not quote the name, so PostgreSQL folds it.
    private String tableName(String key, String otherwise) {
        String spring = key.replace("name", "");
        return Optional.ofNullable(settings.get(key))
                .or(() -> Optional.ofNullable(settings.get(spring)))
                .orElse(otherwise)
                .toLowerCase(Locale.ROOT);
    }
}
