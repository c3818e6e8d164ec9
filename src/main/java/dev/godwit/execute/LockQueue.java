package dev.godwit.execute;

import static java.util.stream.Collectors.joining;

import dev.godwit.db.Row;
import dev.godwit.db.Session;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who holds what is in the way of a list of locks, read from `pg_locks` without standing in any queue.
///
/// Partitions and inheriting tables count with their parent, and a table with its index, because a statement on the one
/// locks the other.
final class LockQueue {
    private static final String TARGETS = """
            WITH RECURSIVE asked AS (
              SELECT c.oid, a.mode
              FROM unnest(?::text[], ?::text[], ?::text[]) AS a (schema, name, mode)
              JOIN pg_catalog.pg_namespace n ON n.nspname = a.schema
              JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = a.name
            ), family AS (
              SELECT oid, mode FROM asked
              UNION
              SELECT i.inhrelid, f.mode FROM family f JOIN pg_catalog.pg_inherits i ON i.inhparent = f.oid
            )
            SELECT oid::text AS oid, mode FROM family
            UNION
            SELECT x.indrelid::text, f.mode FROM family f JOIN pg_catalog.pg_index x ON x.indexrelid = f.oid""";

    private static final String HOLDERS = """
            SELECT coalesce(l.pid, 0) AS pid, l.mode, n.nspname AS schema, c.relname AS relation,
              coalesce(p.gid, a.application_name, '') AS name, a.usename::text AS role, a.client_addr::text AS client, a.state,
              coalesce(a.backend_type, '') AS backend, coalesce(a.query LIKE '%(to prevent wraparound)', false) AS urgent,
              (extract(epoch FROM clock_timestamp() - coalesce(p.prepared, a.xact_start)) * 1000)::bigint::text AS age_ms
            FROM pg_catalog.pg_locks l
            JOIN unnest(?::text[], ?::text[]) AS t (oid, mode) ON t.oid::oid = l.relation AND t.mode = l.mode
            LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
            LEFT JOIN pg_catalog.pg_locks x ON l.pid IS NULL AND x.pid IS NULL AND x.locktype = 'transactionid'
              AND x.virtualtransaction = l.virtualtransaction
            LEFT JOIN pg_catalog.pg_prepared_xacts p ON p.transaction = x.transactionid
            JOIN pg_catalog.pg_class c ON c.oid = l.relation
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE l.locktype = 'relation' AND l.granted AND l.pid IS DISTINCT FROM pg_backend_pid()
              AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
            ORDER BY pid, name, schema, relation""";

    private final Session session;
    private final List<String> oids = new ArrayList<>();
    private final List<String> modes = new ArrayList<>();
    private final Map<String, Long> firstSeenNanos = new HashMap<>();

    private LockQueue(Session session) {
        this.session = session;
    }

    /// Relations that are not there are left out: they will be created, or their lack is the statement's error.
    static LockQueue of(Session session, List<LockNeed> needs) {
        LockQueue queue = new LockQueue(session);
        session.query(
                        TARGETS,
                        row -> new Target(row.text("oid"), LockMode.valueOf(row.text("mode"))),
                        needs.stream().map(need -> need.relation().schema()).toList(),
                        needs.stream().map(need -> need.relation().name()).toList(),
                        needs.stream().map(need -> need.mode().name()).toList())
                .forEach(queue::conflictsOf);
        return queue;
    }

    private void conflictsOf(Target target) {
        for (LockMode conflict : target.mode().conflicts()) {
            oids.add(target.oid());
            modes.add(conflict.pgLocks());
        }
    }

    /// @return each session once, with the strongest lock in the way
    List<Blocker> blockers() {
        if (oids.isEmpty()) {
            return List.of();
        }
        List<Blocker> found = session.query(HOLDERS, this::blocker, oids, modes);
        firstSeenNanos
                .keySet()
                .retainAll(found.stream().map(LockQueue::identity).toList());
        return strongestOfEach(found);
    }

    private static List<Blocker> strongestOfEach(Collection<Blocker> found) {
        Map<String, Blocker> strongest = new LinkedHashMap<>();
        for (Blocker blocker : found) {
            strongest.merge(
                    blocker.pid() + blocker.name(),
                    blocker,
                    (one, other) -> other.mode().strongerThan(one.mode()) ? other : one);
        }
        return List.copyOf(strongest.values());
    }

    private Blocker blocker(Row row) {
        Blocker seen = new Blocker(
                Math.toIntExact(row.number("pid")),
                Optional.ofNullable(row.textOrNull("role")),
                row.text("name"),
                Optional.ofNullable(row.textOrNull("client")),
                Optional.ofNullable(row.textOrNull("state")),
                kind(row),
                Duration.ZERO,
                new QualifiedName(row.text("schema"), row.text("relation")),
                LockMode.fromPgLocks(row.text("mode")));
        return seen.aged(age(row.textOrNull("age_ms"), identity(seen)));
    }

    private static Blocker.Kind kind(Row row) {
        if (row.number("pid") == 0) {
            return Blocker.Kind.PREPARED;
        }
        if (!row.text("backend").equals("autovacuum worker")) {
            return Blocker.Kind.CLIENT;
        }
        return row.flag("urgent") ? Blocker.Kind.URGENT_AUTOVACUUM : Blocker.Kind.AUTOVACUUM;
    }

    /// The age of a transaction that this role may not see counts from when its lock was first seen here.
    private Duration age(@Nullable String millis, String identity) {
        long now = System.nanoTime();
        long first = firstSeenNanos.computeIfAbsent(identity, _ -> now);
        return millis == null ? Duration.ofNanos(now - first) : Duration.ofMillis(Math.max(0, Long.parseLong(millis)));
    }

    private static String identity(Blocker blocker) {
        return List.of(blocker.pid(), blocker.name(), blocker.relation(), blocker.mode()).stream()
                .map(Object::toString)
                .collect(joining("/"));
    }

    private record Target(String oid, LockMode mode) {}
}
