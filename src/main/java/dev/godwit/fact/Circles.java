package dev.godwit.fact;

import dev.godwit.postgres.QualifiedName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Finds relations that would hang on themselves.
final class Circles {
    private Circles() {}

    /// @return do the parents of a relation, or what it reads, lead back to that name?
    static boolean reaches(
            QualifiedName name, RelationModel from, Function<QualifiedName, Optional<RelationModel>> find) {
        Deque<QualifiedName> open = new ArrayDeque<>(above(from));
        Set<QualifiedName> seen = new HashSet<>();
        while (!open.isEmpty()) {
            QualifiedName next = open.pop();
            if (next.equals(name)) {
                return true;
            }
            if (seen.add(next)) {
                find.apply(next).ifPresent(relation -> open.addAll(above(relation)));
            }
        }
        return false;
    }

    private static Set<QualifiedName> above(RelationModel relation) {
        Set<QualifiedName> found = new HashSet<>(relation.parents());
        found.addAll(relation.uses().columns().keySet());
        return found;
    }
}
