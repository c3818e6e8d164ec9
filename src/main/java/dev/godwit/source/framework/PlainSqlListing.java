package dev.godwit.source.framework;

import dev.godwit.problem.Problem;
import dev.godwit.source.Direction;
import dev.godwit.source.Migration;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.Project;
import dev.godwit.source.Script;
import dev.godwit.source.Versions;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// From files to migrations: first the names, which say what belongs together, then the texts.
final class PlainSqlListing {
    /// @param name what the file's name says
    private record Entry(FileName name, Path path) {}

    private final Project project;
    private final List<Problem> problems = new ArrayList<>();

    PlainSqlListing(Project project) {
        this.project = project;
    }

    MigrationSet list(List<Path> files) {
        SortedMap<BigInteger, List<Entry>> byVersion = new TreeMap<>();
        for (Path file : files) {
            entry(file)
                    .ifPresent(entry -> byVersion
                            .computeIfAbsent(new BigInteger(entry.name.version()), _ -> new ArrayList<>())
                            .add(entry));
        }
        List<Migration> migrations = new ArrayList<>();
        byVersion.values().forEach(entries -> migration(entries).ifPresent(migrations::add));
        return new MigrationSet(
                migrations,
                problems.stream()
                        .sorted(Comparator.comparing(Problem::where, Versions.ORDER))
                        .toList());
    }

    private Optional<Entry> entry(Path file) {
        String name = String.valueOf(file.getFileName());
        Optional<FileName> parsed = FileName.parse(name);
        if (Files.isDirectory(file)) {
            problem("this is a directory, although its name ends in .sql", file, "rename it, or move it away");
            return Optional.empty();
        }
        if (parsed.isEmpty()) {
            String nearest = FileName.nearest(name, PlainSqlFile.hasSections(file) ? ".sql" : ".up.sql");
            problem(
                    "this file's name is not that of a migration, so nothing would ever run it",
                    file,
                    "rename it to " + nearest + ", or move it away\nexpected: " + FileName.EXPECTED);
        }
        return parsed.map(n -> new Entry(n, file));
    }

    /// @param entries all files of one version
    private Optional<Migration> migration(List<Entry> entries) {
        List<Entry> ups = entries.stream().filter(e -> !is(e, Direction.DOWN)).toList();
        List<Entry> downs = entries.stream().filter(e -> is(e, Direction.DOWN)).toList();
        if (ups.size() > 1 || downs.size() > 1) {
            duplicate(ups.size() > 1 ? ups : downs);
            return Optional.empty();
        }
        if (ups.isEmpty()) {
            downAlone(downs.getFirst());
            return Optional.empty();
        }
        Entry up = ups.getFirst();
        if (up.name.direction().isEmpty()) {
            return single(up, downs);
        }
        return pair(up, downs.stream().findFirst());
    }

    private static boolean is(Entry entry, Direction direction) {
        return entry.name.direction().filter(d -> d == direction).isPresent();
    }

    private Optional<Migration> single(Entry both, List<Entry> downs) {
        for (Entry down : downs) {
            problem(
                    "this file's name says that it holds up and down, but " + shown(down) + " is there as well",
                    both.path,
                    "rename it to " + both.name.with(Optional.of(Direction.UP)).file() + ", or delete " + shown(down));
            return Optional.empty();
        }
        return file(both).both().map(scripts -> migration(both, scripts.up(), scripts.down()));
    }

    private PlainSqlFile file(Entry entry) {
        return new PlainSqlFile(entry.path, project.display(entry.path), problems);
    }

    private static Migration migration(Entry entry, Script up, Optional<Script> down) {
        return new Migration(entry.name.version(), entry.name.name(), up, down);
    }

    private Optional<Migration> pair(Entry up, Optional<Entry> down) {
        Optional<Entry> stranger = down.filter(d -> !d.name.name().equals(up.name.name()));
        if (stranger.isPresent()) {
            twoNames(up, stranger.get());
            return Optional.empty();
        }
        Optional<Script> undo = down.flatMap(entry -> file(entry).one(Direction.DOWN));
        return file(up).one(Direction.UP).map(script -> migration(up, script, undo));
    }

    private void twoNames(Entry up, Entry down) {
        Path renamed =
                up.path.resolveSibling(up.name.with(Optional.of(Direction.DOWN)).file());
        problem(
                "version " + up.name.version() + " has two names: " + up.name.name() + " in its up, " + down.name.name()
                        + " in its down",
                up.path,
                "rename one: mv " + shown(down) + " " + project.display(renamed));
    }

    private void duplicate(List<Entry> entries) {
        String versions = entries.stream().map(e -> e.name.version()).distinct().collect(Collectors.joining(" and "));
        String files = entries.stream().map(this::shown).collect(Collectors.joining(" and "));
        String what = versions.contains(" ")
                ? "versions " + versions + " are the same number: " + files
                : entries.size() + " files claim version " + versions + ": " + files;
        problem(
                what,
                entries.getFirst().path,
                "rename what is not applied yet: give it a version that is later than all others");
    }

    private void downAlone(Entry down) {
        String up = down.name.with(Optional.of(Direction.UP)).file();
        problem("there is a down without its up, " + up, down.path, "write " + up + " next to it, or delete this file");
    }

    private String shown(Entry entry) {
        return project.display(entry.path);
    }

    private void problem(String what, Path file, String remedy) {
        problems.add(Problem.usage(what).at(project.display(file)).remedy(remedy));
    }
}
