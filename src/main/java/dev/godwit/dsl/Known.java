package dev.godwit.dsl;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a migration says about the indexes and constraints that its other statements only name.
///
/// @param changes of both directions
record Known(List<Ddl> changes) {
    Known {
        changes = List.copyOf(changes);
    }

    private <T> Stream<T> all(Class<T> kind) {
        return changes.stream().filter(kind::isInstance).map(kind::cast);
    }

    Optional<Ddl.CreateIndex> index(Ddl.DropIndex drop) {
        return all(Ddl.CreateIndex.class)
                .filter(index -> index.table().beside(index.name()).equals(drop.index()))
                .findFirst();
    }

    Optional<Rule> rule(Ddl.DropRule drop) {
        return all(Ddl.AddRule.class)
                .filter(add -> add.table().equals(drop.table()))
                .map(Ddl.AddRule::rule)
                .filter(rule -> rule.name().equals(drop.rule()))
                .findFirst();
    }
}
