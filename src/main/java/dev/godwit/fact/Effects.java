package dev.godwit.fact;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.Access;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Collects what one statement does; of several locks on one relation the strongest stays.
final class Effects {
    private final Map<QualifiedName, LockMode> locks = new LinkedHashMap<>();
    private final Set<QualifiedName> rewrites = new LinkedHashSet<>();
    private final Set<QualifiedName> scans = new LinkedHashSet<>();
    private final Set<QualifiedName> creates = new LinkedHashSet<>();
    private final Set<QualifiedName> drops = new LinkedHashSet<>();
    private final List<ActionFacts> actions = new ArrayList<>();
    private final Set<String> running = new HashSet<>();
    private boolean hidden;

    void lock(QualifiedName relation, LockMode mode) {
        locks.merge(relation, mode, (one, other) -> one.strongerThan(other) ? one : other);
    }

    /// Part of what happens is not in the text: dynamic SQL, a foreign language.
    void hide() {
        hidden = true;
    }

    boolean hidden() {
        return hidden;
    }

    /// @return is it entered now, and not within itself?
    boolean enter(String function) {
        return running.add(function);
    }

    void leave(String function) {
        running.remove(function);
    }

    boolean locksExclusively(QualifiedName relation) {
        return locks.get(relation) == LockMode.ACCESS_EXCLUSIVE;
    }

    void lockAll(Iterable<QualifiedName> relations, LockMode mode) {
        relations.forEach(relation -> lock(relation, mode));
    }

    void access(Access access) {
        lockAll(access.writes(), LockMode.ROW_EXCLUSIVE);
        lockAll(access.rowLocks(), LockMode.ROW_SHARE);
        lockAll(access.reads(), LockMode.ACCESS_SHARE);
    }

    void work(QualifiedName relation, Work work) {
        switch (work) {
            case CATALOG -> {}
            case SCAN, INDEX_BUILD -> scans.add(relation);
            case REWRITE -> {
                scans.add(relation);
                rewrites.add(relation);
            }
        }
    }

    void create(QualifiedName relation) {
        creates.add(relation);
    }

    void drop(QualifiedName relation) {
        drops.add(relation);
        lock(relation, LockMode.ACCESS_EXCLUSIVE);
    }

    void action(ActionFacts action) {
        actions.add(action);
    }

    List<RelationLock> locks() {
        return locks.entrySet().stream()
                .map(entry -> new RelationLock(entry.getKey(), entry.getValue()))
                .toList();
    }

    Set<QualifiedName> rewrites() {
        return rewrites;
    }

    Set<QualifiedName> scans() {
        return scans;
    }

    Set<QualifiedName> creates() {
        return creates;
    }

    Set<QualifiedName> drops() {
        return drops;
    }

    List<ActionFacts> actions() {
        return actions;
    }
}
