package dev.godwit.fact;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Runs statements on a server, each in a transaction that is rolled back, and tells what the server shows of them.
final class Witness {
    /// @param locks the strongest on each relation that was there before
    /// @param rewritten tables and materialized views with another file
    record Seen(Map<QualifiedName, LockMode> locks, Set<QualifiedName> rewritten) {}

    /// @param file zero where it has none
    /// @param table of an index
    private record Relation(long oid, QualifiedName name, String kind, long file, long table) {
        boolean isIndex() {
            return kind.equalsIgnoreCase("i");
        }

        boolean hasRows() {
            return kind.equals("r") || kind.equals("m");
        }
    }

    private static final String RELATIONS = """
            SELECT c.oid::bigint AS oid, n.nspname::text AS schema, c.relname::text AS name, c.relkind::text AS kind,
                coalesce(pg_relation_filenode(c.oid), 0)::bigint AS file, coalesce(i.indrelid, 0)::bigint AS indexed
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid
            WHERE c.relkind <> 'c' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'""";

    private static final String LOCKS = """
            SELECT relation::bigint AS oid, mode FROM pg_locks
            WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted""";

    private final Session session;
    private final Map<Long, Relation> before;

    /// The schema as it is now is what every statement finds.
    Witness(Session session) {
        this.session = session;
        this.before = relations();
    }

    /// @return empty when the server refuses the statement
    Optional<Seen> watch(String sql) {
        session.begin();
        try {
            session.execute(sql);
            return Optional.of(seen());
        } catch (DatabaseException refused) {
            return Optional.empty();
        } finally {
            session.rollback();
        }
    }

    private Seen seen() {
        Map<Long, LockMode> locks = locks();
        Seen seen = new Seen(new TreeMap<>(), new TreeSet<>());
        before.forEach((oid, relation) -> {
            LockMode mode = locks.get(oid);
            if (mode != null && (!relation.isIndex() || strongerThanTable(mode, relation, locks))) {
                seen.locks().put(relation.name(), mode);
            }
        });
        relations().forEach((oid, now) -> {
            Relation then = before.get(oid);
            if (then != null && then.hasRows() && now.file() != then.file()) {
                seen.rewritten().add(then.name());
            }
        });
        return seen;
    }

    /// Who uses a table locks its indexes as well: a lock on an index tells more only when it is the stronger one.
    private static boolean strongerThanTable(LockMode mode, Relation index, Map<Long, LockMode> locks) {
        LockMode table = locks.get(index.table());
        return table == null || mode.strongerThan(table);
    }

    private Map<Long, Relation> relations() {
        List<Relation> found = session.query(
                RELATIONS,
                row -> new Relation(
                        row.number("oid"),
                        new QualifiedName(row.text("schema"), row.text("name")),
                        row.text("kind"),
                        row.number("file"),
                        row.number("indexed")));
        Map<Long, Relation> byOid = new HashMap<>();
        found.forEach(relation -> byOid.put(relation.oid(), relation));
        return byOid;
    }

    private Map<Long, LockMode> locks() {
        Map<Long, LockMode> strongest = new HashMap<>();
        session.query(LOCKS, row -> Map.entry(row.number("oid"), LockMode.fromPgLocks(row.text("mode"))))
                .forEach(lock -> strongest.merge(
                        lock.getKey(), lock.getValue(), (one, other) -> one.strongerThan(other) ? one : other));
        return strongest;
    }
}
