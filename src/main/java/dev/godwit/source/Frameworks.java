package dev.godwit.source;

import dev.godwit.problem.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The frameworks that this Godwit knows.
public final class Frameworks {
    private final List<Framework> all;

    private Frameworks(List<Framework> all) {
        this.all = List.copyOf(all);
    }

    public static Frameworks load() {
        List<Framework> found = new ArrayList<>();
        ServiceLoader.load(Framework.class).forEach(found::add);
        return of(found);
    }

    static Frameworks of(List<Framework> found) {
        List<Framework> sorted =
                found.stream().sorted(Comparator.comparing(Framework::id)).toList();
        TreeSet<String> ids = new TreeSet<>();
        sorted.stream()
                .map(Framework::id)
                .filter(id -> !ids.add(id))
                .findFirst()
                .ifPresent(id -> {
                    throw new IllegalStateException("two frameworks have the id " + id);
                });
        return new Frameworks(sorted);
    }

    public List<Framework> all() {
        return all;
    }

    public List<String> ids() {
        return all.stream().map(Framework::id).toList();
    }

    public Framework byId(String id) {
        return all.stream()
                .filter(f -> f.id().equals(id))
                .findFirst()
                .orElseThrow(() -> unknown(id).raise());
    }

    private Problem unknown(String id) {
        String known = String.join(", ", ids());
        return Problem.usage("Godwit knows no framework " + id)
                .remedy(Nearest.of(id, ids())
                        .map(near -> "did you mean " + near + "? Known: " + known)
                        .orElse("known: " + known));
    }

    /// @return every framework that the project's files show; more than one is the user's to decide
    public List<Framework> recognised(Project project) {
        return all.stream().filter(f -> f.recognises(project)).toList();
    }

    /// @return the one framework that the project's files show
    public Framework detect(Project project) {
        List<Framework> found = recognised(project);
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw (found.isEmpty() ? none(project) : several(project, found)).raise();
    }

    /// For commands that may be a project's first: where nothing is there yet, the framework with the given id.
    public Framework detect(Project project, String otherwise) {
        return recognised(project).isEmpty() ? byId(otherwise) : detect(project);
    }

    private Problem none(Project project) {
        String titles = all.stream().map(Framework::title).collect(Collectors.joining(", "));
        String place = project.directory().map(name -> " in " + name).orElse("");
        return Problem.usage("no migrations found" + place + ": Godwit looked for " + titles)
                .at(project.root().toString())
                .remedy("go to the project's directory, or write the first migration: godwit new NAME");
    }

    private static Problem several(Project project, List<Framework> found) {
        String titles = found.stream().map(Framework::title).collect(Collectors.joining(" and "));
        return Problem.usage("this project has the files of " + titles)
                .at(project.root().toString())
                .remedy("say which one in godwit.toml: framework = \""
                        + found.getFirst().id() + "\"");
    }
}
