package dev.godwit.source.framework;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.source.Migration;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.Nearest;
import dev.godwit.source.Reasons;
import dev.godwit.source.SourceReader;
import dev.godwit.source.Versions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// From the files of a project's apps to migrations in the order in which they apply.
final class DjangoListing {
    private record Entry(Path path, PythonFile file, DjangoMigration migration) {}

    private final DjangoProject django;
    private final Optional<String> userModel;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<DjangoKey, Entry> entries = new LinkedHashMap<>();

    DjangoListing(DjangoProject django) {
        this.django = django;
        this.userModel = django.userModel();
    }

    MigrationSet list() {
        try {
            for (DjangoProject.App app : django.apps()) {
                DjangoProject.files(app).forEach(file -> read(app.label(), file));
            }
        } catch (IOException e) {
            return MigrationSet.broken(Problem.usage("the migrations' directories cannot be read: " + Reasons.of(e))
                    .at(django.project().display(django.base()))
                    .remedy("check their permissions"));
        }
        checkDependencies();
        leaveOutReplaced();
        DjangoGraph graph =
                new DjangoGraph(entries.values().stream().map(Entry::migration).toList());
        List<DjangoKey> order = graph.inOrder();
        if (problems.isEmpty()) {
            checkLeaves(graph);
        }
        checkCircle(Set.copyOf(order));
        return new MigrationSet(
                order.stream().map(this::migration).toList(),
                problems.stream()
                        .sorted(Comparator.comparing(Problem::where, Versions.ORDER))
                        .toList());
    }

    private void read(String app, Path path) {
        String stem = String.valueOf(path.getFileName()).replaceFirst("\\.py$", "");
        DjangoKey key = new DjangoKey(app, stem);
        try {
            PythonFile file = PythonFile.of(SourceReader.read(path, shown(path)));
            Optional<DjangoMigration> migration = DjangoMigration.of(key, file, userModel);
            if (migration.isEmpty()) {
                notRead(path, file);
            }
            migration.ifPresent(m -> add(new Entry(path, file, m)));
        } catch (GodwitException e) {
            problems.add(e.problem());
        }
    }

    private void add(Entry entry) {
        Entry first = entries.putIfAbsent(entry.migration.key(), entry);
        if (first != null) {
            problem(
                    "two apps have the label " + entry.migration.key().app() + ": " + shown(first.path) + " and "
                            + shown(entry.path),
                    entry.path,
                    "give one of them another label in its apps.py");
        }
    }

    private void notRead(Path path, PythonFile file) {
        if (file.source().content().isBlank()) {
            problem("the file is empty", path, "write the migration, or delete the file");
        } else if (file.type("Migration").isEmpty()) {
            problem(
                    "the file has no class Migration, so Django refuses to start",
                    path,
                    "write one, or move the file out of migrations/ or let its name begin with _");
        } else {
            problem(
                    "only Python could tell its dependencies: they are not a plain list",
                    path,
                    "write them out: dependencies = [(\"app\", \"0001_initial\")]");
        }
    }

    /// Only within the project: what other apps are installed is not in its files.
    private void checkDependencies() {
        Set<String> apps = entries.keySet().stream().map(DjangoKey::app).collect(Collectors.toSet());
        DjangoGraph graph =
                new DjangoGraph(entries.values().stream().map(Entry::migration).toList());
        for (Entry entry : entries.values()) {
            for (DjangoKey parent : entry.migration.dependencies()) {
                if (apps.contains(parent.app()) && graph.resolve(parent).isEmpty()) {
                    missing(entry, parent);
                }
            }
        }
    }

    private void missing(Entry entry, DjangoKey parent) {
        List<String> known = entries.keySet().stream().map(DjangoKey::version).toList();
        problem(
                "it depends on " + parent + ", which is no migration of this project",
                entry.path,
                Nearest.of(parent.version(), known)
                        .filter(near -> !near.equals(entry.migration.key().version()))
                        .map(near -> "did you mean " + near + "? Or get the file of " + parent)
                        .orElse("get the file of " + parent));
    }

    /// On an empty database Django runs a squashed migration in place of those that it stands for.
    private void leaveOutReplaced() {
        Set<DjangoKey> replaced = new HashSet<>();
        for (Entry entry : entries.values()) {
            replaced.addAll(entry.migration.replaces());
        }
        for (Entry entry : List.copyOf(entries.values())) {
            Set<DjangoKey> own = Set.copyOf(entry.migration.replaces());
            List<DjangoKey> inherited = own.stream()
                    .flatMap(key -> Optional.ofNullable(entries.get(key)).stream())
                    .flatMap(old -> old.migration.dependencies().stream())
                    .filter(key -> !own.contains(key))
                    .toList();
            if (!inherited.isEmpty()) {
                List<DjangoKey> all = new ArrayList<>(entry.migration.dependencies());
                all.addAll(inherited);
                entries.put(entry.migration.key(), new Entry(entry.path, entry.file, entry.migration.after(all)));
            }
        }
        entries.keySet().removeAll(replaced);
    }

    private void checkLeaves(DjangoGraph graph) {
        Set<String> apps = entries.keySet().stream().map(DjangoKey::app).collect(Collectors.toSet());
        for (String app : apps) {
            List<DjangoKey> leaves = graph.leaves(app);
            if (leaves.size() > 1) {
                String names = leaves.stream().map(DjangoKey::name).collect(Collectors.joining(" and "));
                problem(
                        "the app " + app + " has " + leaves.size() + " newest migrations, so Django runs none: "
                                + names,
                        entry(leaves.getLast()).path,
                        "merge them: python3 manage.py makemigrations --merge " + app);
            }
        }
    }

    private void checkCircle(Set<DjangoKey> reached) {
        List<Entry> caught = entries.values().stream()
                .filter(entry -> !reached.contains(entry.migration.key()))
                .toList();
        if (!caught.isEmpty()) {
            String keys = caught.stream()
                    .map(entry -> entry.migration.key().version())
                    .collect(Collectors.joining(", "));
            problem(
                    "these migrations depend on each other in a circle, or on such a circle: " + keys,
                    caught.getFirst().path,
                    "mend the dependencies of one of them");
        }
    }

    private Migration migration(DjangoKey key) {
        Entry entry = entry(key);
        return entry.migration.migration(entry.path, entry.file);
    }

    private Entry entry(DjangoKey key) {
        return Optional.ofNullable(entries.get(key)).orElseThrow();
    }

    private String shown(Path path) {
        return django.project().display(path);
    }

    private void problem(String what, Path file, String remedy) {
        problems.add(Problem.usage(what).at(shown(file)).remedy(remedy));
    }
}
