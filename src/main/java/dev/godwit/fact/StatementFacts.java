package dev.godwit.fact;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.ParsedStatement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one statement does.
///
/// @param locks the strongest on each relation, in the order in which they are taken
/// @param rewrites the tables written anew, for certain
/// @param scans the tables read in full under the lock, for certain; an index build and a rewrite do so as well
/// @param createdHere those of the relations it touches that an earlier statement of the release created
/// @param inTransaction is it in a transaction block, its own or the runner's?
/// @param transaction equal for statements of one transaction; counts from 1 through the release
/// @param actions for ALTER TABLE, each action by itself
/// @param relations the relations it touches, as they were before it; for ALTER TABLE, CREATE INDEX and DROP INDEX all
/// indexes of their table, too
/// @param earlier what its transaction held already when it began
/// @param consequences what others feel once it is done
public record StatementFacts(
        ParsedStatement statement,
        List<RelationLock> locks,
        Set<QualifiedName> rewrites,
        Set<QualifiedName> scans,
        Set<QualifiedName> creates,
        Set<QualifiedName> drops,
        boolean refusedInTransaction,
        boolean inTransaction,
        Set<QualifiedName> createdHere,
        int transaction,
        List<ActionFacts> actions,
        Map<QualifiedName, RelationModel> relations,
        EarlierLocks earlier,
        Consequences consequences) {
    public StatementFacts {
        requireNonNull(statement);
        locks = List.copyOf(locks);
        rewrites = Set.copyOf(rewrites);
        scans = Set.copyOf(scans);
        creates = Set.copyOf(creates);
        drops = Set.copyOf(drops);
        createdHere = Set.copyOf(createdHere);
        actions = List.copyOf(actions);
        relations = Map.copyOf(relations);
        requireNonNull(earlier);
        requireNonNull(consequences);
    }

    /// @return for each lock whom it holds up, and with what work
    public List<Blocking> blocking() {
        return locks.stream()
                .map(lock -> new Blocking(lock.relation(), lock.mode().blocks(), workOn(lock.relation())))
                .toList();
    }

    private Work workOn(QualifiedName relation) {
        if (rewrites.contains(relation)) {
            return Work.REWRITE;
        }
        return scans.contains(relation) ? Work.SCAN : Work.CATALOG;
    }

    public Optional<LockMode> lockOn(QualifiedName relation) {
        return locks.stream()
                .filter(lock -> lock.relation().equals(relation))
                .map(RelationLock::mode)
                .findFirst();
    }

    /// @return the relation as it was before; empty when the release or a catalog has said nothing of it
    public Optional<RelationModel> relation(QualifiedName name) {
        return Optional.ofNullable(relations.get(name));
    }

    /// @return the indexes of the table as they were before, as far as they are known
    public List<RelationModel> indexesOf(QualifiedName table) {
        return relations.values().stream()
                .filter(relation -> relation.kind() == ObjectKind.INDEX
                        && relation.table().filter(table::equals).isPresent())
                .sorted(Comparator.comparing(RelationModel::name))
                .toList();
    }

    public boolean isPartitioned(QualifiedName name) {
        return relation(name).map(RelationModel::partitioned).orElse(false);
    }

    /// @return where the relation comes from; one that nothing is known of was there before
    public Origin origin(QualifiedName name) {
        return relation(name).map(RelationModel::origin).orElse(Origin.EXISTING);
    }
}
