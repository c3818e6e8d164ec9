package dev.godwit.source.framework;

import dev.godwit.source.MigrationSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The revisions of a project, each with what it comes after. Nothing here asks whether a parent exists.
final class AlembicGraph {
    private final Map<String, AlembicRevision> revisions = new LinkedHashMap<>();

    AlembicGraph(Collection<AlembicRevision> all) {
        all.forEach(revision -> revisions.put(revision.revision(), revision));
    }

    static AlembicGraph of(MigrationSet set) {
        return new AlembicGraph(
                set.migrations().stream().map(AlembicRevision::of).toList());
    }

    Optional<AlembicRevision> revision(String id) {
        return Optional.ofNullable(revisions.get(id));
    }

    AlembicRevision known(String id) {
        return revision(id).orElseThrow(() -> new IllegalArgumentException("no revision " + id));
    }

    /// @return parents before children; where two know nothing of each other, the one that was written first. Those
    ///     that a circle keeps from ever being reached are left out
    List<AlembicRevision> inOrder() {
        TreeSet<AlembicRevision> waiting =
                new TreeSet<>(Comparator.comparing(AlembicRevision::created).thenComparing(AlembicRevision::revision));
        waiting.addAll(revisions.values());
        Map<String, AlembicRevision> done = new LinkedHashMap<>();
        Optional<AlembicRevision> next = ready(waiting, done);
        while (next.isPresent()) {
            waiting.remove(next.get());
            done.put(next.get().revision(), next.get());
            next = ready(waiting, done);
        }
        return List.copyOf(done.values());
    }

    private Optional<AlembicRevision> ready(SortedSet<AlembicRevision> waiting, Map<String, AlembicRevision> done) {
        return waiting.stream()
                .filter(r -> r.parents().stream().allMatch(p -> done.containsKey(p) || !revisions.containsKey(p)))
                .findFirst();
    }

    /// @return the given ones that are known and all that come before them; the unknown are kept too
    Set<String> withAncestors(Collection<String> ids) {
        Set<String> found = new HashSet<>(ids);
        Set<String> newest = Set.copyOf(ids);
        while (!newest.isEmpty()) {
            newest = newest.stream()
                    .flatMap(id -> revision(id).stream())
                    .flatMap(revision -> revision.parents().stream())
                    .filter(found::add)
                    .collect(Collectors.toSet());
        }
        return Set.copyOf(found);
    }

    /// @return whether one comes after another, by whatever way; not of itself
    boolean descends(String child, String ancestor) {
        return !child.equals(ancestor) && withAncestors(List.of(child)).contains(ancestor);
    }

    /// @return all that come after it, sorted
    List<String> descendants(String id) {
        return revisions.keySet().stream()
                .filter(other -> descends(other, id))
                .sorted()
                .toList();
    }

    List<AlembicRevision> children(String id) {
        return revisions.values().stream()
                .filter(revision -> revision.parents().contains(id))
                .toList();
    }

    /// @return the newest revision of each branch
    List<AlembicRevision> heads() {
        return revisions.values().stream()
                .filter(revision -> children(revision.revision()).isEmpty())
                .toList();
    }

    List<AlembicRevision> bases() {
        return revisions.values().stream()
                .filter(revision -> revision.downRevisions().isEmpty())
                .toList();
    }
}
