package dev.godwit.source.framework;

import dev.godwit.source.MigrationSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The migrations of all apps, each with what it comes after. Dependencies on apps that are not the project's own have
/// no node here: their files are a library's.
final class DjangoGraph {
    private final SortedMap<DjangoKey, NavigableSet<DjangoKey>> parents = new TreeMap<>();
    private final Map<DjangoKey, DjangoMigration> migrations = new LinkedHashMap<>();

    DjangoGraph(Collection<DjangoMigration> all) {
        all.forEach(migration -> {
            migrations.put(migration.key(), migration);
            parents.put(migration.key(), new TreeSet<>());
        });
        all.forEach(migration -> {
            migration.dependencies().forEach(parent -> edge(migration.key(), parent));
            migration.runBefore().forEach(child -> edge(child, migration.key()));
        });
    }

    static DjangoGraph of(MigrationSet set) {
        return new DjangoGraph(
                set.migrations().stream().map(DjangoMigration::of).toList());
    }

    private void edge(DjangoKey child, DjangoKey parent) {
        Optional<DjangoKey> from = resolve(parent);
        Optional<DjangoKey> to = resolve(child);
        if (from.isPresent() && to.isPresent() && !from.equals(to)) {
            parentsOf(to.get()).add(from.get());
        }
    }

    /// @return whether one comes after another, by whatever way
    boolean descends(DjangoKey child, DjangoKey ancestor) {
        Set<DjangoKey> seen = new LinkedHashSet<>();
        Deque<DjangoKey> open = new ArrayDeque<>(parentsOf(child));
        while (!open.isEmpty()) {
            DjangoKey next = open.pop();
            if (seen.add(next)) {
                open.addAll(parentsOf(next));
            }
        }
        return seen.contains(ancestor);
    }

    private NavigableSet<DjangoKey> parentsOf(DjangoKey key) {
        return parents.getOrDefault(key, new TreeSet<>());
    }

    /// @return the node that a key means: a squashed migration stands for those that it replaces, `__first__` and
    ///     `__latest__` for a migration of the app
    Optional<DjangoKey> resolve(DjangoKey key) {
        if (migrations.containsKey(key)) {
            return Optional.of(key);
        }
        if (key.name().equals(DjangoKey.FIRST) || key.name().equals(DjangoKey.LATEST)) {
            boolean first = key.name().equals(DjangoKey.FIRST);
            List<DjangoKey> own = migrations.keySet().stream()
                    .filter(k -> k.app().equals(key.app()))
                    .sorted()
                    .toList();
            return own.isEmpty() ? Optional.empty() : Optional.of(first ? own.getFirst() : own.getLast());
        }
        return migrations.values().stream()
                .filter(migration -> migration.replaces().contains(key))
                .map(DjangoMigration::key)
                .findFirst();
    }

    /// The order of `migrate` on an empty database: app by app, each after what it depends on.
    ///
    /// @return those that a circle keeps from being reached are left out
    List<DjangoKey> inOrder() {
        Set<DjangoKey> caught = inCircles();
        LinkedHashSet<DjangoKey> done = new LinkedHashSet<>();
        for (DjangoKey leaf : leaves()) {
            visit(leaf, done, caught);
        }
        parents.keySet().forEach(key -> visit(key, done, caught));
        return List.copyOf(done);
    }

    /// Django's own search, `MigrationGraph.iterative_dfs`.
    private void visit(DjangoKey start, Set<DjangoKey> done, Set<DjangoKey> caught) {
        record Visit(DjangoKey key, boolean processed) {}
        Deque<Visit> stack = new ArrayDeque<>(List.of(new Visit(start, false)));
        while (!stack.isEmpty()) {
            Visit next = stack.pop();
            if (done.contains(next.key) || caught.contains(next.key)) {
                continue;
            }
            if (next.processed) {
                done.add(next.key);
            } else {
                stack.push(new Visit(next.key, true));
                parentsOf(next.key).forEach(parent -> stack.push(new Visit(parent, false)));
            }
        }
    }

    /// @return what comes after itself, and what comes after that
    private Set<DjangoKey> inCircles() {
        Set<DjangoKey> waiting = new TreeSet<>(parents.keySet());
        List<DjangoKey> ready = ready(waiting);
        while (!ready.isEmpty()) {
            ready.forEach(waiting::remove);
            ready = ready(waiting);
        }
        return waiting;
    }

    private List<DjangoKey> ready(Set<DjangoKey> waiting) {
        return waiting.stream()
                .filter(key -> parentsOf(key).stream().noneMatch(waiting::contains))
                .toList();
    }

    /// @return what nothing of the same app comes after, sorted
    List<DjangoKey> leaves() {
        return parents.keySet().stream()
                .filter(key -> childrenInApp(key).isEmpty())
                .toList();
    }

    List<DjangoKey> leaves(String app) {
        return leaves().stream().filter(key -> key.app().equals(app)).toList();
    }

    List<DjangoKey> childrenInApp(DjangoKey parent) {
        List<DjangoKey> children = new ArrayList<>();
        parents.forEach((key, above) -> {
            if (key.app().equals(parent.app()) && above.contains(parent)) {
                children.add(key);
            }
        });
        return children;
    }

    List<DjangoKey> parentsInApp(DjangoKey child) {
        return parentsOf(child).stream()
                .filter(key -> key.app().equals(child.app()))
                .toList();
    }

    /// @return what begins an app: it comes after nothing of the same app
    List<DjangoKey> roots(String app) {
        return parents.keySet().stream()
                .filter(key -> key.app().equals(app) && parentsInApp(key).isEmpty())
                .toList();
    }
}
