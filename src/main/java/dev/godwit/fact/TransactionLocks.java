package dev.godwit.fact;

import dev.godwit.fact.EarlierLocks.Held;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ParsedStatement;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Follows what the transaction at hand has locked. Mutable: it is part of the walk through a release.
final class TransactionLocks {
    private final Set<QualifiedName> locked = new HashSet<>();
    private Optional<Held> strongest = Optional.empty();
    private int transaction;

    /// @return what was held before the statement
    EarlierLocks before(int number, List<RelationLock> locks) {
        if (number != transaction) {
            transaction = number;
            locked.clear();
            strongest = Optional.empty();
        }
        Set<QualifiedName> added = new LinkedHashSet<>();
        locks.stream()
                .map(RelationLock::relation)
                .filter(name -> !locked.contains(name))
                .forEach(added::add);
        return new EarlierLocks(strongest, added);
    }

    /// @param existing was the relation there before the release?
    void take(ParsedStatement statement, List<RelationLock> locks, Predicate<QualifiedName> existing) {
        for (RelationLock lock : locks) {
            if (existing.test(lock.relation())) {
                locked.add(lock.relation());
                if (isStronger(lock.mode())) {
                    strongest = Optional.of(new Held(lock.relation(), lock.mode(), statement));
                }
            }
        }
    }

    private boolean isStronger(LockMode mode) {
        LockMode.Blocks least = strongest.map(held -> held.mode().blocks()).orElse(LockMode.Blocks.SCHEMA_CHANGES);
        return mode.blocks().compareTo(least) > 0;
    }

    /// A lock stays with its relation when that gets another name.
    void rename(Map<QualifiedName, QualifiedName> renames) {
        renames.forEach((from, to) -> {
            if (locked.remove(from)) {
                locked.add(to);
            }
            strongest = strongest.map(
                    held -> held.relation().equals(from) ? new Held(to, held.mode(), held.since()) : held);
        });
    }
}
