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
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// From the files below `db/migrate` to migrations, in the order of their numbers.
final class RailsListing {
    private final Project project;
    private final List<Problem> problems = new ArrayList<>();

    RailsListing(Project project) {
        this.project = project;
    }

    /// @return where the migrations are; a project with several says so with commas
    List<Path> directories() {
        return Stream.of(project.directory().orElse("db/migrate").split(","))
                .map(name -> project.root().resolve(name.strip()))
                .toList();
    }

    /// @return what Rails would run, whatever is wrong with it
    List<RailsFile> files() {
        return paths().stream()
                .flatMap(path -> RailsFile.of(path).stream())
                .sorted(Comparator.comparing(RailsFile::version, Versions.ORDER)
                        .thenComparing(file -> file.path().toString()))
                .toList();
    }

    MigrationSet list() {
        if (directories().stream().noneMatch(Files::isDirectory)) {
            return MigrationSet.broken(noDirectory());
        }
        List<Path> paths = paths();
        paths.forEach(this::judgeName);
        List<RailsFile> files =
                paths.stream().flatMap(path -> RailsFile.of(path).stream()).toList();
        List<RailsFile> unique = unique(
                unique(files, RailsFile::version, "files claim version"),
                RailsFile::className,
                "migrations are called");
        List<Migration> migrations = new ArrayList<>();
        unique.stream()
                .sorted(Comparator.comparing(RailsFile::version, Versions.ORDER))
                .forEach(file -> migration(file).ifPresent(migrations::add));
        return new MigrationSet(
                migrations,
                problems.stream()
                        .sorted(Comparator.comparing(Problem::where, Versions.ORDER))
                        .toList());
    }

    private List<Path> paths() {
        List<Path> paths = new ArrayList<>();
        for (Path directory : directories().stream().filter(Files::isDirectory).toList()) {
            try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
                files.filter(file -> file.toString().endsWith(".rb") && !Files.isDirectory(file))
                        .sorted()
                        .forEach(paths::add);
            } catch (IOException e) {
                unreadable(directory, Reasons.of(e));
            } catch (UncheckedIOException e) {
                unreadable(directory, Reasons.of(Objects.requireNonNull(e.getCause())));
            }
        }
        return paths;
    }

    private void judgeName(Path path) {
        if (RailsFile.of(path).isPresent()) {
            return;
        }
        String nearest = nearest(String.valueOf(path.getFileName()));
        if (RailsFile.isTaken(path)) {
            problem(
                    "Rails refuses this name: only lower case letters, digits and _ may follow the version",
                    path,
                    "rename it to " + nearest);
        } else if (read(path)
                .filter(text -> RailsText.of(text.content()).isMigration())
                .isPresent()) {
            problem(
                    "Rails passes this file over: its name is not that of a migration",
                    path,
                    "rename it to " + nearest + ", or move it away");
        }
    }

    private static String nearest(String file) {
        String stem = file.substring(0, file.length() - ".rb".length());
        String digits = stem.replaceFirst("^([0-9]*).*", "$1");
        String name = stem.substring(digits.length()).replaceAll("[^\\p{L}\\p{N}]+", "_");
        return (digits.isEmpty() ? "<version>" : digits) + "_"
                + (name.matches("_*") ? "<name>" : NewName.snakeCase(name)) + ".rb";
    }

    /// Rails refuses to run anything while two share a number or a class.
    private List<RailsFile> unique(List<RailsFile> files, Function<RailsFile, String> key, String sentence) {
        Map<String, List<RailsFile>> byKey =
                files.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
        byKey.forEach((value, same) -> {
            if (same.size() > 1) {
                String shown = same.stream().map(f -> project.display(f.path())).collect(Collectors.joining(" and "));
                problem(
                        same.size() + " " + sentence + " " + value + ": " + shown,
                        same.getFirst().path(),
                        "rename what is not applied yet, file and class: Rails refuses to run like this");
            }
        });
        return byKey.values().stream()
                .filter(same -> same.size() == 1)
                .map(List::getFirst)
                .toList();
    }

    private Optional<Migration> migration(RailsFile file) {
        Optional<SourceText> source = read(file.path());
        Optional<RailsText> text = source.map(s -> RailsText.of(s.content()));
        if (text.filter(t -> declares(t, file)).isEmpty()) {
            return Optional.empty();
        }
        TransactionMode mode = text.get().withoutTransaction() ? TransactionMode.NEVER : TransactionMode.AUTO;
        Script up = new Script(file.path(), source.get(), Language.CODE, mode);
        return Optional.of(new Migration(
                file.version(), file.name(), up, text.get().hasDown() ? Optional.of(up) : Optional.empty()));
    }

    private boolean declares(RailsText text, RailsFile file) {
        List<String> classes = text.classes();
        boolean found = classes.stream().anyMatch(name -> name.equalsIgnoreCase(file.className()));
        if (!found) {
            String others = classes.isEmpty() ? "none" : String.join(", ", classes);
            problem(
                    "Rails looks for class " + file.className() + " here, because of the file's name, but finds "
                            + others,
                    file.path(),
                    "give the class that name, or rename the file");
        }
        return found;
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

    private void unreadable(Path directory, String reason) {
        problem("the migrations' directory cannot be read: " + reason, directory, "check its permissions and links");
    }

    private void problem(String what, Path file, String remedy) {
        problems.add(Problem.usage(what).at(project.display(file)).remedy(remedy));
    }
}
