package dev.godwit.source.framework;

import dev.godwit.source.Project;
import dev.godwit.source.SourceReader;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A Django project on disk.
///
/// @param manage its `manage.py`
record DjangoProject(Project project, Path manage) {
    /// An app with migrations, or with a place for them.
    ///
    /// @param label what Django and the version table call it
    /// @param directory of its migrations
    record App(String label, Path directory) {}

    private static final String SETTINGS = "DJANGO_SETTINGS_MODULE";
    private static final Pattern SETTINGS_MODULE =
            Pattern.compile("[\"']" + SETTINGS + "[\"']\\s*[],)]?\\s*[,=]\\s*[\"']([\\w.]+)[\"']");
    private static final Pattern ASSIGNED = Pattern.compile("environ\\s*\\[\\s*[\"']" + SETTINGS + "[\"']\\s*]\\s*=");
    private static final Pattern LABEL = Pattern.compile("(?m)^\\s+label\\s*=\\s*[\"'](\\w+)[\"']");
    private static final Pattern USER_MODEL = Pattern.compile("(?m)^AUTH_USER_MODEL\\s*=\\s*[\"'](\\w+\\.\\w+)[\"']");

    private static final Set<String> OF_OTHERS = Set.of("venv", "env", "node_modules", "site-packages", "__pycache__");
    private static final int DEEPEST = 8;

    static Optional<DjangoProject> of(Project project) {
        Stream<Path> below = project.directory().stream().map(project.root()::resolve);
        return Stream.concat(Stream.of(project.root()), below)
                .map(directory -> directory.resolve("manage.py"))
                .filter(Files::isRegularFile)
                .map(manage -> new DjangoProject(project, manage))
                .filter(django -> django.text().contains("django"))
                .findFirst();
    }

    private String text() {
        return SourceReader.read(manage, project.display(manage)).content();
    }

    /// @return where `manage.py` is run
    Path base() {
        return manage.toAbsolutePath().normalize().resolveSibling("");
    }

    Optional<String> settingsModule() {
        return first(SETTINGS_MODULE, text());
    }

    /// @return whether `manage.py` sets the settings whatever the environment says
    boolean insistsOnSettings() {
        return ASSIGNED.matcher(text()).find();
    }

    /// @return `app.Model`, when the settings' own file says
    Optional<String> userModel() {
        return settingsModule()
                .map(module -> base().resolve(module.replace('.', '/') + ".py"))
                .filter(Files::isRegularFile)
                .flatMap(file -> first(
                        USER_MODEL,
                        SourceReader.read(file, project.display(file)).content()));
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// @return sorted by directory
    List<App> apps() throws IOException {
        Path start = project.directory()
                .map(project.root()::resolve)
                .filter(Files::isDirectory)
                .orElse(base());
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(start, Set.of(), DEEPEST, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = String.valueOf(directory.getFileName());
                boolean foreign = OF_OTHERS.contains(name) || (name.startsWith(".") && !directory.equals(start));
                if (!foreign && name.equals("migrations") && Files.exists(directory.resolve("__init__.py"))) {
                    found.add(directory);
                }
                return foreign ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return found.stream().sorted().map(this::app).toList();
    }

    private App app(Path migrations) {
        Path home = migrations.toAbsolutePath().normalize().resolveSibling("");
        Path config = home.resolve("apps.py");
        Optional<String> label = Files.isRegularFile(config)
                ? first(
                        LABEL,
                        SourceReader.read(config, project.display(config)).content())
                : Optional.empty();
        return new App(label.orElseGet(() -> String.valueOf(home.getFileName())), migrations);
    }

    /// @return every file that Django takes for a migration, sorted: no package, no name that begins with `_` or `~`
    static List<Path> files(App app) throws IOException {
        try (Stream<Path> entries = Files.list(app.directory())) {
            return entries.filter(file -> String.valueOf(file.getFileName()).matches("[^_~.][^.]*\\.py"))
                    .sorted()
                    .toList();
        }
    }
}
