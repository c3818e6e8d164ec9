package dev.godwit.source.framework;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.source.Migration;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.Nearest;
import dev.godwit.source.Project;
import dev.godwit.source.SourceReader;
import dev.godwit.source.Versions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// From Alembic's files to migrations in the order in which they apply.
final class AlembicListing {
    private record Entry(Path path, PythonFile file, AlembicRevision revision) {
        String stem() {
            return String.valueOf(path.getFileName()).replaceFirst("\\.py$", "");
        }

        Entry with(AlembicRevision other) {
            return new Entry(path, file, other);
        }
    }

    private final Project project;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    AlembicListing(Project project) {
        this.project = project;
    }

    MigrationSet list(List<Path> files) {
        files.forEach(file -> entry(file).ifPresent(this::add));
        checkParents();
        AlembicGraph graph =
                new AlembicGraph(entries.values().stream().map(Entry::revision).toList());
        List<AlembicRevision> order = graph.inOrder();
        checkCircle(order);
        List<Migration> migrations =
                order.stream().flatMap(r -> migration(r).stream()).toList();
        return new MigrationSet(
                migrations,
                problems.stream()
                        .sorted(Comparator.comparing(Problem::where, Versions.ORDER))
                        .toList());
    }

    private Optional<Entry> entry(Path path) {
        try {
            PythonFile file = PythonFile.of(SourceReader.read(path, project.display(path)));
            Optional<AlembicRevision> revision = AlembicRevision.of(file);
            if (revision.isEmpty()) {
                noRevision(path, file);
            }
            return revision.map(r -> new Entry(path, file, r));
        } catch (GodwitException e) {
            problems.add(e.problem());
            return Optional.empty();
        }
    }

    private void noRevision(Path path, PythonFile file) {
        if (file.source().content().isBlank()) {
            problem("the file is empty", path, "write the migration, or delete the file");
            return;
        }
        String variable = file.value("revision")
                .filter(PythonValue.Text.class::isInstance)
                .map(_ -> "down_revision")
                .orElse("revision");
        String what = file.value(variable).isPresent()
                ? "only Python could tell what " + variable + " is: it is not a plain string"
                : "the file names no revision, so Alembic refuses the whole directory";
        problem(what, path, "write " + variable + " = '…' in it, or move the file away");
    }

    private void add(Entry entry) {
        Entry first = entries.putIfAbsent(entry.revision.revision(), entry);
        if (first != null) {
            problem(
                    "2 files claim revision " + entry.revision.revision() + ": " + project.display(first.path) + " and "
                            + project.display(entry.path),
                    first.path,
                    "give the newer one a revision of its own, and its children that down_revision");
        }
    }

    private void checkParents() {
        for (Entry entry : List.copyOf(entries.values())) {
            List<String> needed =
                    entry.revision.dependsOn().stream().map(this::labelled).toList();
            AlembicRevision r = entry.revision;
            entries.put(
                    r.revision(),
                    entry.with(new AlembicRevision(r.revision(), r.downRevisions(), needed, r.labels(), r.created())));
            missing(entry, "down_revision", r.downRevisions());
            missing(entry, "depends_on", needed);
        }
    }

    /// `depends_on` may name a branch by its label.
    private String labelled(String name) {
        return entries.values().stream()
                .map(Entry::revision)
                .filter(revision ->
                        !entries.containsKey(name) && revision.labels().contains(name))
                .map(AlembicRevision::revision)
                .findFirst()
                .orElse(name);
    }

    private void missing(Entry entry, String variable, Collection<String> parents) {
        for (String parent : parents) {
            if (!entries.containsKey(parent)) {
                problem(
                        "its " + variable + " " + parent + " is no revision of this project",
                        entry.path,
                        Nearest.of(parent, entries.keySet())
                                .filter(near -> !near.equals(entry.revision.revision()))
                                .map(near -> "did you mean " + near + "? Or get the file of " + parent)
                                .orElse("get the file of " + parent + ", or name the revision that it is to follow"));
            }
        }
    }

    private void checkCircle(List<AlembicRevision> order) {
        Set<String> reached = order.stream().map(AlembicRevision::revision).collect(Collectors.toSet());
        List<Entry> caught = entries.values().stream()
                .filter(entry -> !reached.contains(entry.revision.revision()))
                .toList();
        if (!caught.isEmpty()) {
            String ids = caught.stream().map(entry -> entry.revision.revision()).collect(Collectors.joining(", "));
            problem(
                    "these revisions come after each other in a circle, or after such a circle: " + ids,
                    caught.getFirst().path,
                    "mend the down_revision of one of them");
        }
    }

    private Optional<Migration> migration(AlembicRevision revision) {
        Entry entry = Optional.ofNullable(entries.get(revision.revision())).orElseThrow();
        String id = revision.revision();
        if (!id.matches("[^/\\\\.@+-][^/\\\\@+-]*")) {
            problem(
                    "the revision " + id + " has a character that Alembic or a file's name cannot keep",
                    entry.path,
                    "name it of letters, digits and _");
            return Optional.empty();
        }
        return Optional.of(revision.migration(entry.path, entry.stem(), entry.file));
    }

    private void problem(String what, Path file, String remedy) {
        problems.add(Problem.usage(what).at(project.display(file)).remedy(remedy));
    }
}
