package dev.godwit.db;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The relation locks that a session's own backend holds at this moment, exactly. Inside a transaction nothing is let
/// go
/// before its end, so a read after a statement misses none of that statement's locks.
///
/// Source: PostgreSQL manual, section 54.13, `pg_locks`.
public record LocksHeld(Map<QualifiedName, Set<LockMode>> modes) {
    /// System catalogs are left out: every statement takes ACCESS SHARE or ROW EXCLUSIVE on some, nobody waits for
    /// these.
    private static final String SELECT = """
            SELECT n.nspname::text AS schema, c.relname::text AS name, l.mode AS mode
            FROM pg_catalog.pg_locks l
            JOIN pg_catalog.pg_class c ON c.oid = l.relation
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.mode <> 'SIReadLock' AND l.granted
              AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
              AND n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema', 'godwit')""";

    public LocksHeld {
        modes = Map.copyOf(modes);
    }

    public static LocksHeld of(Queries session) {
        Map<QualifiedName, Set<LockMode>> held = new TreeMap<>();
        session.query(
                SELECT,
                row -> held.computeIfAbsent(
                                new QualifiedName(row.text("schema"), row.text("name")),
                                _ -> EnumSet.noneOf(LockMode.class))
                        .add(LockMode.fromPgLocks(row.text("mode"))));
        return new LocksHeld(held);
    }

    /// @return the locks that are held now and were not held then
    public LocksHeld since(LocksHeld earlier) {
        Map<QualifiedName, Set<LockMode>> fresh = new TreeMap<>();
        modes.forEach((relation, held) -> {
            Set<LockMode> added = EnumSet.copyOf(held);
            added.removeAll(earlier.modes.getOrDefault(relation, Set.of()));
            if (!added.isEmpty()) {
                fresh.put(relation, added);
            }
        });
        return new LocksHeld(fresh);
    }
}
