package dev.godwit.source.framework;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.Problem;
import dev.godwit.source.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a project's files tell Flyway, as far as Godwit needs it.
///
/// @param settings keys without `flyway.`, in lower case
/// @param file Flyway's own settings file; empty in a Spring project
/// @param problems settings files that cannot be read
record FlywayConfig(Project project, Map<String, String> settings, Optional<Path> file, List<Problem> problems) {
    /// Flyway's own places, first found first read.
    private static final List<String> FILES =
            List.of("flyway.toml", "flyway.conf", "conf/flyway.toml", "conf/flyway.conf");

    private static final String SPRING = "src/main/resources/db/migration";

    /// Where a class path's resources and classes come from.
    private static final List<String> CLASS_PATH =
            List.of("src/main/resources", "src/main/java", "src/main/kotlin", "src/main/groovy");

    static FlywayConfig of(Project project) {
        List<Problem> problems = new ArrayList<>();
        Map<String, String> settings = new TreeMap<>(SettingsText.spring(project, "spring.flyway", problems));
        Optional<Path> file = FILES.stream()
                .map(project.root()::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
        file.ifPresent(f -> settings.putAll(SettingsText.under("flyway", SettingsText.read(project, f, problems))));
        return new FlywayConfig(project, settings, file, problems);
    }

    /// @return the locations as Flyway spells them; what stands in the configuration, else the custom place
    List<String> locations() {
        Optional<String> configured = project.directory().map(name -> "filesystem:" + name);
        String all = configured.orElseGet(() -> settings.getOrDefault("locations", usual()));
        return Stream.of(all.split(",", -1))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList();
    }

    private String usual() {
        boolean spring = Files.isDirectory(project.root().resolve(SPRING));
        return spring && file.isEmpty() ? "classpath:db/migration" : "filesystem:sql";
    }

    /// @return whether Flyway, started in the project, would find the same locations without being told
    boolean locationsInOwnFile() {
        return project.directory().isEmpty()
                && file.isPresent()
                && settings.containsKey("locations")
                && locations().stream().allMatch(location -> location.startsWith("filesystem:"));
    }

    /// @return the locations as folders of files, for a program that has no class path of the project
    String fileLocations() {
        String there = directories().stream()
                .map(directory -> "filesystem:" + project.display(directory))
                .collect(Collectors.joining(","));
        return there.isEmpty() ? String.join(",", locations()) : there;
    }

    /// @return the directories that the locations mean, those that are there
    List<Path> directories() {
        return locations().stream().flatMap(this::directories).distinct().toList();
    }

    private Stream<Path> directories(String location) {
        String name = location.replace("{vendor}", "postgresql");
        Path root = project.root();
        if (name.startsWith("filesystem:")) {
            return Stream.of(root.resolve(name.substring("filesystem:".length())))
                    .filter(Files::isDirectory);
        }
        String inside = name.substring(name.indexOf(':') + 1).replaceAll("^/+", "");
        return CLASS_PATH.stream()
                .map(base -> root.resolve(base).resolve(inside))
                .filter(Files::isDirectory);
    }

    QualifiedName table() {
        String schema = setting("defaultschema")
                .or(() -> setting("schemas").map(s -> s.split(",", -1)[0].strip()))
                .orElse("public");
        return project.versionTable()
                .orElseGet(() -> new QualifiedName(schema, setting("table").orElse("flyway_schema_history")));
    }

    String versionedPrefix() {
        return setting("sqlmigrationprefix").orElse("V");
    }

    String undoPrefix() {
        return setting("undosqlmigrationprefix").orElse("U");
    }

    String repeatablePrefix() {
        return setting("repeatablesqlmigrationprefix").orElse("R");
    }

    String separator() {
        return setting("sqlmigrationseparator").orElse("__");
    }

    private List<String> suffixes() {
        return List.of(setting("sqlmigrationsuffixes").orElse(".sql").split(",", -1));
    }

    /// @return the ending of new files
    String suffix() {
        return suffixes().getFirst();
    }

    /// @return the file's name without its ending; empty when Flyway does not look at such files
    Optional<String> stem(String file) {
        return suffixes().stream()
                .filter(s -> file.length() > s.length()
                        && file.regionMatches(true, file.length() - s.length(), s, 0, s.length()))
                .map(s -> file.substring(0, file.length() - s.length()))
                .findFirst();
    }

    boolean replacesPlaceholders() {
        return !"false".equalsIgnoreCase(setting("placeholderreplacement").orElse("true"));
    }

    String placeholderPrefix() {
        return setting("placeholderprefix").orElse("${");
    }

    String placeholderSuffix() {
        return setting("placeholdersuffix").orElse("}");
    }

    /// @return name in lower case to value, of those that the project's files name
    Map<String, String> placeholders() {
        return SettingsText.under("placeholders", settings);
    }

    boolean withoutTransaction() {
        return "false".equalsIgnoreCase(setting("executeintransaction").orElse("true"));
    }

    private Optional<String> setting(String key) {
        return Optional.ofNullable(settings.get(key)).filter(value -> !value.isBlank());
    }
}
