package dev.godwit.source.framework;

import dev.godwit.problem.Problem;
import dev.godwit.source.Project;
import dev.godwit.source.SourceReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a project's `alembic.ini` says, and the directories that it names.
///
/// @param ini the configuration file
/// @param text what it says
/// @param scripts the directory of `env.py`
/// @param versions the directories of revisions, at least one; a new revision goes to the first
record AlembicProject(Project project, Path ini, IniText text, Path scripts, List<Path> versions) {
    static final String SECTION = "alembic";

    /// Alembic's own custom, then Flask-Migrate's.
    private static final List<String> USUAL = List.of("alembic.ini", "migrations/alembic.ini");

    private static final Pattern TABLE = Pattern.compile("\\bversion_table\\s*=\\s*[\"'](\\w+)[\"']");
    private static final Pattern SCHEMA = Pattern.compile("\\bversion_table_schema\\s*=\\s*[\"'](\\w+)[\"']");

    AlembicProject {
        versions = List.copyOf(versions);
    }

    /// @return empty when no file shows Alembic here
    static Optional<AlembicProject> of(Project project) {
        return candidates(project)
                .filter(Files::isRegularFile)
                .flatMap(ini -> read(project, ini).stream())
                .findFirst();
    }

    private static Stream<Path> candidates(Project project) {
        Stream<Path> usual = USUAL.stream().map(project.root()::resolve);
        return project.directory()
                .map(project.root()::resolve)
                .map(Path::normalize)
                .map(dir ->
                        Stream.concat(Stream.of(dir.resolve("alembic.ini"), dir.resolveSibling("alembic.ini")), usual))
                .orElse(usual);
    }

    private static Optional<AlembicProject> read(Project project, Path ini) {
        IniText text = IniText.of(SourceReader.read(ini, project.display(ini)).content());
        if (!text.hasSection(SECTION)) {
            return Optional.empty();
        }
        Path scripts = scripts(project, ini, text);
        return Optional.of(new AlembicProject(project, ini, text, scripts, versions(project, ini, text, scripts)));
    }

    private static Path scripts(Project project, Path ini, IniText text) {
        Optional<Path> configured =
                project.directory().map(project.root()::resolve).filter(dir -> Files.exists(dir.resolve("env.py")));
        return configured
                .or(() -> text.value(SECTION, "script_location", directory(ini))
                        .map(location -> place(project, location)))
                .orElseGet(() -> parent(ini));
    }

    /// `package:directory` is looked for where packages of a project usually are.
    private static Path place(Project project, String location) {
        if (!location.matches("[\\w.]{2,}:[^\\\\/].*")) {
            return project.root().resolve(location).normalize();
        }
        String path = location.substring(0, location.indexOf(':')).replace('.', '/') + "/"
                + location.substring(location.indexOf(':') + 1);
        Path plain = project.root().resolve(path).normalize();
        Path source = project.root().resolve("src").resolve(path).normalize();
        return Files.isDirectory(source) && !Files.isDirectory(plain) ? source : plain;
    }

    private static List<Path> versions(Project project, Path ini, IniText text, Path scripts) {
        return text.value(SECTION, "version_locations", directory(ini))
                .map(value -> Arrays.stream(value.split(separator(text, ini)))
                        .filter(part -> !part.isBlank())
                        .map(part -> place(project, part.strip()))
                        .toList())
                .orElseGet(() -> List.of(scripts.resolve("versions")));
    }

    private static String separator(IniText text, Path ini) {
        String name = text.value(SECTION, "version_path_separator", directory(ini))
                .or(() -> text.value(SECTION, "path_separator", directory(ini)))
                .orElse("");
        return switch (name) {
            case "os" -> Pattern.quote(File.pathSeparator);
            case ":", ";" -> Pattern.quote(name);
            case "space" -> " +";
            case "newline" -> "\n";
            default -> "[, ]+";
        };
    }

    private static Path parent(Path file) {
        return file.toAbsolutePath().normalize().resolveSibling("");
    }

    private static String directory(Path ini) {
        return parent(ini).toString();
    }

    /// @return where `%(here)s` is
    String here() {
        return directory(ini);
    }

    Optional<String> option(String key) {
        return text.value(SECTION, key, here());
    }

    /// @return `alembic_version`, or the table that `env.py` names
    Optional<String> versionTable() {
        return environmentSays(TABLE);
    }

    Optional<String> versionTableSchema() {
        return environmentSays(SCHEMA);
    }

    private Optional<String> environmentSays(Pattern pattern) {
        Path file = scripts.resolve("env.py");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Matcher matcher =
                pattern.matcher(SourceReader.read(file, project.display(file)).content());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// @return every file that Alembic takes for a revision, sorted
    List<Path> files() throws IOException {
        boolean below =
                option("recursive_version_locations").filter("true"::equals).isPresent();
        Stream.Builder<Path> found = Stream.builder();
        for (Path directory : versions) {
            try (Stream<Path> entries = Files.walk(directory, below ? Integer.MAX_VALUE : 1)) {
                entries.filter(AlembicProject::isRevision).forEach(found);
            }
        }
        return found.build().sorted().toList();
    }

    /// Alembic's own pattern, `(?!\.\#|__init__)(.*\.py)$`, and no hidden file.
    private static boolean isRevision(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".py") && !name.startsWith(".") && !name.startsWith("__init__");
    }

    Optional<Problem> noDirectory() {
        return versions.stream()
                .filter(dir -> !Files.isDirectory(dir))
                .findFirst()
                .map(dir -> Problem.usage("there are no migrations yet: no directory " + project.display(dir))
                        .at(project.display(ini))
                        .remedy("write the first migration there: godwit new NAME; or mend script_location in "
                                + project.display(ini)));
    }
}
