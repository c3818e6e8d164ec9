package dev.godwit.source.framework;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.source.Migration;
import dev.godwit.source.MigrationSet;
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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// From Flyway's locations to migrations: versioned ones by number, then the repeatables by description.
final class FlywayListing {
    /// One file of a migration.
    ///
    /// @param location the directory that it was found under; what lies below is part of its name in Flyway's table
    record Entry(FlywayName name, Path path, Path location) {}

    private static final Pattern CLASS = Pattern.compile("([VR].*)\\.(?:java|kt|groovy)");

    private static final String FORMER_TEXT =
            "-- godwit:no-op a repeatable goes back by its former text, which then runs again";

    private final FlywayConfig config;
    private final List<Problem> problems;

    FlywayListing(FlywayConfig config) {
        this.config = config;
        this.problems = new ArrayList<>(config.problems());
    }

    MigrationSet list() {
        if (config.directories().isEmpty()) {
            problems.add(noDirectory());
            return new MigrationSet(List.of(), problems);
        }
        SortedMap<String, List<Entry>> versions = new TreeMap<>(FlywayName.ORDER);
        SortedMap<String, List<Entry>> repeatables = new TreeMap<>();
        for (Entry entry : entries()) {
            boolean repeats = entry.name.kind() == FlywayName.Kind.REPEATABLE;
            (repeats ? repeatables : versions)
                    .computeIfAbsent(repeats ? entry.name.description() : entry.name.version(), _ -> new ArrayList<>())
                    .add(entry);
        }
        List<Migration> migrations = new ArrayList<>();
        versions.values().forEach(files -> versioned(files).ifPresent(migrations::add));
        repeatables.values().forEach(files -> repeatable(files).ifPresent(migrations::add));
        return new MigrationSet(
                migrations,
                problems.stream()
                        .distinct()
                        .sorted(Comparator.comparing(Problem::where, Versions.ORDER))
                        .toList());
    }

    /// @return every file of a migration, whatever is wrong with it
    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (Path location : config.directories()) {
            try (Stream<Path> files = Files.walk(location, FileVisitOption.FOLLOW_LINKS)) {
                files.filter(file -> !Files.isDirectory(file))
                        .sorted()
                        .forEach(file -> entry(file, location).ifPresent(entries::add));
            } catch (IOException e) {
                unreadable(location, Reasons.of(e));
            } catch (UncheckedIOException e) {
                unreadable(location, Reasons.of(Objects.requireNonNull(e.getCause())));
            }
        }
        return entries;
    }

    private Optional<Entry> entry(Path file, Path location) {
        String name = String.valueOf(file.getFileName());
        Optional<FlywayName> parsed = FlywayName.parse(name, config).or(() -> ofClass(name));
        if (parsed.isEmpty()) {
            FlywayName.nearest(name, config)
                    .ifPresent(nearest -> problem(
                            "Flyway passes this file over: its name is not that of a migration",
                            file,
                            "rename it to " + nearest + ", or move it away"));
        }
        return parsed.map(n -> new Entry(n, file, location));
    }

    private Optional<FlywayName> ofClass(String file) {
        var matcher = CLASS.matcher(file);
        return matcher.matches() ? FlywayName.parse(matcher.group(1) + config.suffix(), config) : Optional.empty();
    }

    private Optional<Migration> versioned(List<Entry> entries) {
        List<Entry> ups = of(FlywayName.Kind.VERSIONED, entries);
        List<Entry> undos = of(FlywayName.Kind.UNDO, entries);
        if (ups.size() > 1 || undos.size() > 1) {
            duplicate(ups.size() > 1 ? ups : undos);
            return Optional.empty();
        }
        if (ups.isEmpty()) {
            Entry undo = undos.getFirst();
            problem(
                    "there is an undo of version " + undo.name.version() + ", but no migration of that version",
                    undo.path,
                    "write the migration next to it, or delete this file");
            return Optional.empty();
        }
        Entry up = ups.getFirst();
        Optional<Script> down = undos.stream().findFirst().flatMap(this::undo);
        return script(up).map(script -> new Migration(up.name.version(), up.name.words(), script, down));
    }

    private static List<Entry> of(FlywayName.Kind kind, List<Entry> entries) {
        return entries.stream().filter(e -> e.name.kind() == kind).toList();
    }

    /// A repeatable has no way back but its own former text, so its down says just that, or what its author
    /// says.
    private Optional<Migration> repeatable(List<Entry> entries) {
        if (entries.size() > 1) {
            duplicate(entries);
            return Optional.empty();
        }
        Entry entry = entries.getFirst();
        return script(entry)
                .map(script -> new Migration(
                        Migration.REPEATABLE + entry.name.words(), "", script, Optional.of(noOpOf(script))));
    }

    private static Script noOpOf(Script script) {
        List<String> lines = new ArrayList<>();
        script.text().content().lines().forEach(line -> lines.add(line.contains("godwit:no-op") ? line : ""));
        boolean reason = script.noOpReason().filter(r -> !r.isEmpty()).isPresent();
        String said = reason ? String.join("\n", lines) : FORMER_TEXT;
        SourceText text = new SourceText(script.text().name(), said);
        return new Script(script.file(), text, Language.SQL, script.transactionMode());
    }

    private Optional<Script> script(Entry entry) {
        return read(entry.path).map(text -> {
            boolean code = config.stem(entry.path.toString()).isEmpty()
                    || (replaces(entry) && FlywayScript.of(text, config).hasPlaceholders());
            return new Script(entry.path, text, code ? Language.CODE : Language.SQL, mode(entry.path));
        });
    }

    /// The free edition passes undo files over: Godwit carries them out, so it is Godwit that fills their placeholders.
    private Optional<Script> undo(Entry entry) {
        return read(entry.path).flatMap(text -> {
            FlywayScript filled =
                    replaces(entry) ? FlywayScript.of(text, config).replaced() : FlywayScript.of(text, config);
            Language language = replaces(entry) && filled.hasPlaceholders() ? Language.CODE : Language.SQL;
            Script script =
                    new Script(entry.path, new SourceText(text.name(), filled.content()), language, mode(entry.path));
            return judged(script, entry);
        });
    }

    private Optional<Script> judged(Script undo, Entry entry) {
        boolean works = undo.firstStatement().isPresent();
        boolean reason = undo.noOpReason().filter(r -> !r.isEmpty()).isPresent();
        if (works != reason) {
            return Optional.of(undo);
        }
        if (works) {
            problem(
                    "-- godwit:no-op says that there is nothing to undo, but statements follow",
                    entry.path,
                    "delete the comment or the statements");
        } else {
            problem(
                    "the undo does nothing",
                    entry.path,
                    "write it; when there is nothing to undo, say so: -- godwit:no-op REASON");
        }
        return Optional.empty();
    }

    private boolean replaces(Entry entry) {
        String own = conf(entry.path).getOrDefault("placeholderreplacement", "");
        return own.isEmpty() ? config.replacesPlaceholders() : own.equalsIgnoreCase("true");
    }

    /// Without a word Flyway does what [TransactionMode#AUTO] says: it finds CONCURRENTLY and its like by itself.
    private TransactionMode mode(Path script) {
        String own = conf(script).getOrDefault("executeintransaction", "");
        boolean without = own.isEmpty() ? config.withoutTransaction() : own.equalsIgnoreCase("false");
        return without ? TransactionMode.NEVER : TransactionMode.AUTO;
    }

    private Map<String, String> conf(Path script) {
        Path conf = script.resolveSibling(script.getFileName() + ".conf");
        return SettingsText.read(config.project(), conf, problems);
    }

    private Optional<SourceText> read(Path file) {
        try {
            return Optional.of(SourceReader.read(file, config.project().display(file)));
        } catch (GodwitException e) {
            problems.add(e.problem());
            return Optional.empty();
        }
    }

    private void duplicate(List<Entry> entries) {
        String files =
                entries.stream().map(e -> config.project().display(e.path)).collect(Collectors.joining(" and "));
        FlywayName name = entries.getFirst().name;
        String what = name.kind() == FlywayName.Kind.REPEATABLE
                ? entries.size() + " repeatables are called " + name.description() + ": " + files
                : entries.size() + " files claim version " + name.version() + ": " + files;
        problem(what, entries.getFirst().path, "rename what is not applied yet: Flyway refuses to run like this");
    }

    private Problem noDirectory() {
        return Problem.usage("there are no migrations: no directory for " + String.join(", ", config.locations()))
                .at(config.project().root().toString())
                .remedy("write the first migration there: godwit new NAME; or name another place in Flyway's settings");
    }

    private void unreadable(Path location, String reason) {
        problem("the migrations' directory cannot be read: " + reason, location, "check its permissions and links");
    }

    private void problem(String what, Path file, String remedy) {
        problems.add(Problem.usage(what).at(config.project().display(file)).remedy(remedy));
    }
}
