package dev.godwit.source.framework;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.source.Migration;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.NewName;
import dev.godwit.source.Project;
import dev.godwit.source.Reasons;
import dev.godwit.source.Script;
import dev.godwit.source.Script.Language;
import dev.godwit.source.SourceReader;
import dev.godwit.source.TransactionMode;
import dev.godwit.source.Versions;
import dev.godwit.text.SourceText;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// From the files in `database/migrations` to migrations, in the order of their names. A migration's version is its
/// file's whole name: several often share a moment.
final class LaravelListing {
    private static final String ENDING = ".php";

    /// Laravel drops the first four parts of a name to find a class, whatever they are. One without a name needs none.
    private static final Pattern NAME = Pattern.compile("[^_]+_[^_]+_[^_]+_[^_]+_[^_].*\\.php");

    private final Project project;
    private final List<Problem> problems = new ArrayList<>();

    LaravelListing(Project project) {
        this.project = project;
    }

    /// @return where the migrations are; a project with several says so with commas
    List<Path> directories() {
        return Stream.of(project.directory().orElse("database/migrations").split(","))
                .map(name -> project.root().resolve(name.strip()))
                .toList();
    }

    /// @return what Laravel would run, whatever is wrong with it, sorted by name
    List<Path> files() {
        return paths().stream()
                .filter(path -> name(path).contains("_"))
                .sorted(Comparator.comparing(LaravelListing::version))
                .toList();
    }

    /// @return what the version table holds
    static String version(Path file) {
        String name = name(file);
        return name.substring(0, name.length() - ENDING.length());
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    MigrationSet list() {
        if (directories().stream().noneMatch(Files::isDirectory)) {
            return MigrationSet.broken(noDirectory());
        }
        List<Migration> migrations = new ArrayList<>();
        Map<String, Path> classes = new TreeMap<>();
        unique(paths()).forEach(path -> migration(path, classes).ifPresent(migrations::add));
        return new MigrationSet(
                migrations,
                problems.stream()
                        .distinct()
                        .sorted(Comparator.comparing(Problem::where, Versions.ORDER))
                        .toList());
    }

    private List<Path> paths() {
        List<Path> paths = new ArrayList<>();
        for (Path directory : directories().stream().filter(Files::isDirectory).toList()) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ENDING)) {
                files.forEach(paths::add);
            } catch (IOException e) {
                problem(
                        "the migrations' directory cannot be read: " + Reasons.of(e),
                        directory,
                        "check its permissions and links");
            }
        }
        paths.sort(Comparator.comparing(LaravelListing::name).thenComparing(Path::toString));
        return paths;
    }

    /// Of two files of one name in two directories Laravel runs the second and never tells.
    private List<Path> unique(List<Path> paths) {
        Map<String, List<Path>> byName =
                paths.stream().collect(Collectors.groupingBy(LaravelListing::name, TreeMap::new, Collectors.toList()));
        byName.values().stream().filter(same -> same.size() > 1).forEach(same -> {
            String shown = same.stream().map(project::display).collect(Collectors.joining(" and "));
            problem(
                    same.size() + " files have one name, and Laravel runs only one of them: " + shown,
                    same.getFirst(),
                    "rename what is not applied yet");
        });
        return byName.values().stream()
                .filter(same -> same.size() == 1)
                .map(List::getFirst)
                .sorted(Comparator.comparing(LaravelListing::version))
                .toList();
    }

    private Optional<Migration> migration(Path file, Map<String, Path> classes) {
        Optional<SourceText> source = read(file);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        LaravelText text = LaravelText.of(source.get().content());
        if (!judged(file, text, classes)) {
            return Optional.empty();
        }
        TransactionMode mode = text.withoutTransaction() ? TransactionMode.NEVER : TransactionMode.AUTO;
        Script up = new Script(file, source.get(), Language.CODE, mode);
        return Optional.of(new Migration(version(file), "", up, text.hasDown() ? Optional.of(up) : Optional.empty()));
    }

    private boolean judged(Path file, LaravelText text, Map<String, Path> classes) {
        boolean taken = name(file).contains("_");
        if (taken && text.isAnonymous()) {
            return true;
        }
        if (!taken || !NAME.matcher(name(file)).matches()) {
            if (taken || text.hasUp()) {
                problem(
                        taken
                                ? "Laravel cannot tell the class from this name"
                                : "Laravel passes this file over: its name has no _",
                        file,
                        "rename it to " + nearest(file));
            }
            return false;
        }
        Optional<String> name = text.className();
        String wanted = className(version(file));
        if (name.filter(found -> found.equalsIgnoreCase(wanted)).isEmpty()) {
            problem(
                    "Laravel looks for class " + wanted + " here, because of the file's name, but finds "
                            + name.orElse("none"),
                    file,
                    "give the class that name, or make it anonymous: return new class extends Migration");
            return false;
        }
        return isFirst(file, wanted, classes);
    }

    /// PHP ends with an error when two files that are loaded together declare one class.
    private boolean isFirst(Path file, String name, Map<String, Path> classes) {
        Path first = classes.putIfAbsent(name.toLowerCase(Locale.ROOT), file);
        if (first != null) {
            problem(
                    "class " + name + " is in " + project.display(first) + " already",
                    file,
                    "rename file and class of what is not applied yet, or make it anonymous");
        }
        return first == null;
    }

    /// Source: `Migrator#getMigrationClass`, `Str::studly`.
    static String className(String version) {
        String[] parts = version.split("_", 5);
        StringBuilder studly = new StringBuilder();
        for (String word : parts[parts.length - 1].split("[-_ ]", -1)) {
            studly.append(word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return studly.toString();
    }

    private static String nearest(Path file) {
        String name = version(file).replaceFirst("^[\\d_-]*", "");
        return "YYYY_MM_DD_HHMMSS_" + (name.isEmpty() ? "name" : NewName.snakeCase(name)) + ENDING;
    }

    private Optional<SourceText> read(Path file) {
        try {
            return Optional.of(SourceReader.read(file, project.display(file)));
        } catch (GodwitException e) {
            problems.add(e.problem());
            return Optional.empty();
        }
    }

    private Problem noDirectory() {
        String names = directories().stream().map(project::display).collect(Collectors.joining(", "));
        return Problem.usage("there are no migrations yet: no directory " + names)
                .at(project.root().toString())
                .remedy("write the first migration there: godwit new NAME; or name another directory in godwit.toml: "
                        + "migrations = \"DIRECTORY\"");
    }

    private void problem(String what, Path file, String remedy) {
        problems.add(Problem.usage(what).at(project.display(file)).remedy(remedy));
    }
}
