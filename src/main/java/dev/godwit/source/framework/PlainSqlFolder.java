package dev.godwit.source.framework;

import dev.godwit.problem.Problem;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.NewFile;
import dev.godwit.source.NewMigration;
import dev.godwit.source.Project;
import dev.godwit.source.Reasons;
import dev.godwit.source.Versions;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The directory of a plain SQL project, and its files of SQL by name. Directories below it are not looked into, and
/// neither are hidden files.
record PlainSqlFolder(Project project, Path directory, Optional<Problem> problem) {
    /// Where people keep them: Godwit's and golang-migrate's custom, then dbmate's.
    private static final List<String> USUAL = List.of("migrations", "db/migrations");

    private static final Pattern FLYWAY = Pattern.compile("(?:[VU][0-9][0-9._]*|R)__.*");

    static PlainSqlFolder of(Project project) {
        return project.directory().map(name -> at(project, name)).orElseGet(() -> usual(project));
    }

    private static PlainSqlFolder at(Project project, String name) {
        return new PlainSqlFolder(project, project.root().resolve(name), Optional.empty());
    }

    private static PlainSqlFolder usual(Project project) {
        List<PlainSqlFolder> there = USUAL.stream()
                .map(name -> at(project, name))
                .filter(folder -> Files.exists(folder.directory))
                .toList();
        List<PlainSqlFolder> filled =
                there.stream().filter(PlainSqlFolder::hasMigrations).toList();
        if (filled.size() > 1) {
            return new PlainSqlFolder(project, filled.getFirst().directory, Optional.of(twoFolders(project)));
        }
        return filled.stream()
                .findFirst()
                .or(() -> there.stream().findFirst())
                .orElseGet(() -> at(project, USUAL.getFirst()));
    }

    private static Problem twoFolders(Project project) {
        return Problem.usage("there are migrations in " + String.join(" and in ", USUAL))
                .at(project.root().toString())
                .remedy("say which directory in godwit.toml: migrations = \"" + USUAL.getFirst() + "\"");
    }

    /// A directory that cannot be read shows nothing; [#list] says why.
    boolean hasMigrations() {
        try {
            return Files.isDirectory(directory) && !files().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /// Flyway's own tools keep files in `migrations` too, and no plain SQL migration is called `V1__a.sql`.
    boolean isNamedByFlyway() {
        try {
            return files().stream()
                    .allMatch(
                            f -> FLYWAY.matcher(String.valueOf(f.getFileName())).matches());
        } catch (IOException e) {
            return false;
        }
    }

    /// @return what is called `*.sql`, sorted by name; not only regular files
    List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, PlainSqlFolder::isNamedSql)) {
            entries.forEach(files::add);
        }
        files.sort(null);
        return files;
    }

    private static boolean isNamedSql(Path file) {
        String name = String.valueOf(file.getFileName());
        return !name.startsWith(".") && name.toLowerCase(Locale.ROOT).endsWith(".sql");
    }

    MigrationSet list() {
        if (problem.isPresent()) {
            return MigrationSet.broken(problem.get());
        }
        if (!Files.isDirectory(directory)) {
            return MigrationSet.broken(noDirectory());
        }
        try {
            return new PlainSqlListing(project).list(files());
        } catch (IOException e) {
            return MigrationSet.broken(unreadable(e));
        }
    }

    List<NewFile> write(NewMigration request) {
        problem.ifPresent(p -> {
            throw p.raise();
        });
        return new PlainSqlWriter(directory, names()).write(request);
    }

    private List<FileName> names() {
        try {
            return Files.isDirectory(directory) ? names(files()) : List.of();
        } catch (IOException e) {
            throw unreadable(e).raise();
        }
    }

    private static List<FileName> names(List<Path> files) {
        return files.stream()
                .flatMap(file -> FileName.parse(String.valueOf(file.getFileName())).stream())
                .sorted(Comparator.comparing(FileName::version, Versions.ORDER))
                .toList();
    }

    private Problem unreadable(IOException cause) {
        return Problem.usage("the migrations' directory cannot be read: " + Reasons.of(cause))
                .at(project.display(directory))
                .remedy("check its permissions: ls -ld " + project.display(directory));
    }

    private Problem noDirectory() {
        String name = project.display(directory);
        String what = "there are no migrations yet: no directory " + name;
        if (Files.exists(directory)) {
            what = name + ", where the migrations should be, is a file and not a directory";
        } else if (Files.isSymbolicLink(directory)) {
            what = name + ", where the migrations should be, is a symbolic link that leads nowhere";
        }
        return Problem.usage(what)
                .at(project.root().toString())
                .remedy("write the first migration there: godwit new NAME; or name another directory in godwit.toml: "
                        + "migrations = \"DIRECTORY\"");
    }
}
