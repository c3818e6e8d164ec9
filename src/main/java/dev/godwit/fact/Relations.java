package dev.godwit.fact;

import dev.godwit.postgres.QualifiedName;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Relations by name, and by what they hang below, so that a release of thousands of files asks of each statement only
/// about the tables that it names.
final class Relations {
    private final Map<QualifiedName, RelationModel> byName = new HashMap<>();
    private final Map<QualifiedName, Set<QualifiedName>> below = new HashMap<>();

    Optional<RelationModel> find(QualifiedName name) {
        return Optional.ofNullable(byName.get(name));
    }

    boolean contains(QualifiedName name) {
        return byName.containsKey(name);
    }

    void put(RelationModel relation) {
        RelationModel before = byName.put(relation.name(), relation);
        List<QualifiedName> parents = before == null ? List.of() : before.parents();
        if (!parents.equals(relation.parents())) {
            forget(relation.name(), parents);
            relation.parents()
                    .forEach(parent -> below.computeIfAbsent(parent, _ -> new LinkedHashSet<>())
                            .add(relation.name()));
        }
    }

    void remove(QualifiedName name) {
        RelationModel removed = byName.remove(name);
        if (removed != null) {
            forget(name, removed.parents());
        }
    }

    private void forget(QualifiedName name, List<QualifiedName> parents) {
        for (QualifiedName parent : parents) {
            below.computeIfPresent(parent, (_, children) -> {
                children.remove(name);
                return children.isEmpty() ? null : children;
            });
        }
    }

    /// @return those that name it as a parent, in the order in which they came below it
    List<RelationModel> below(QualifiedName parent) {
        return below.getOrDefault(parent, Set.of()).stream().map(byName::get).toList();
    }

    Collection<RelationModel> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    void putAll(Relations others) {
        others.all().forEach(this::put);
    }
}
