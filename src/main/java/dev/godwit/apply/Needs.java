package dev.godwit.apply;

import dev.godwit.db.Session;
import dev.godwit.execute.LockNeed;
import dev.godwit.execute.Work;
import dev.godwit.plan.Step;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a migration waits for: on each relation the holders of which locks, and whether for more than locks.
///
/// Sources: PostgreSQL's `indexcmds.c` (`WaitForLockers`, `WaitForOlderSnapshots`) and `tablecmds.c`.
///
/// @param locks that it takes, and those whose conflicting holders a CONCURRENTLY waits for without taking them
/// @param everySnapshot whether it waits for every older snapshot of the database
/// @param deadRows whether it leaves many, so that VACUUM has to keep up
record Needs(Set<LockNeed> locks, boolean everySnapshot, boolean deadRows) {
    /// Partitions and inheriting tables count with their parent, a table with its index.
    private static final String HOLDERS = """
            WITH RECURSIVE asked AS (
              SELECT c.oid, a.mode
              FROM unnest(?::text[], ?::text[], ?::text[]) AS a (schema, name, mode)
              JOIN pg_catalog.pg_namespace n ON n.nspname = a.schema
              JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = a.name
            ), family AS (
              SELECT oid, mode FROM asked
              UNION
              SELECT i.inhrelid, f.mode FROM family f JOIN pg_catalog.pg_inherits i ON i.inhparent = f.oid
            ), wanted AS (
              SELECT oid, mode FROM family
              UNION
              SELECT x.indrelid, f.mode FROM family f JOIN pg_catalog.pg_index x ON x.indexrelid = f.oid
            )
            SELECT coalesce(l.pid, 0) AS pid, l.mode, n.nspname AS schema, c.relname AS relation,
              l.virtualtransaction AS transaction, coalesce(p.gid, a.application_name) AS name, a.state, a.query,
              CASE WHEN l.pid IS NULL THEN 'PREPARED' WHEN a.query = '<insufficient privilege>' THEN 'HIDDEN'
                WHEN a.backend_type = 'autovacuum worker' AND a.query LIKE '%(to prevent wraparound)'
                  THEN 'URGENT_AUTOVACUUM'
                WHEN a.backend_type = 'autovacuum worker' THEN 'AUTOVACUUM' ELSE 'CLIENT' END AS kind,
              (extract(epoch FROM clock_timestamp() - coalesce(p.prepared, a.xact_start)) * 1000)::bigint::text AS age_ms
            FROM pg_catalog.pg_locks l
            JOIN wanted w ON w.oid = l.relation AND w.mode = l.mode
            LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
            LEFT JOIN pg_catalog.pg_locks x ON l.pid IS NULL AND x.pid IS NULL AND x.locktype = 'transactionid'
              AND x.virtualtransaction = l.virtualtransaction
            LEFT JOIN pg_catalog.pg_prepared_xacts p ON p.transaction = x.transactionid
            JOIN pg_catalog.pg_class c ON c.oid = l.relation
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE l.locktype = 'relation' AND l.granted AND l.pid IS DISTINCT FROM pg_catalog.pg_backend_pid()
              AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
            ORDER BY coalesce(p.prepared, a.xact_start), pid, name, schema, relation""";

    Needs {
        locks = Set.copyOf(locks);
    }

    static Needs of(Work work) {
        Set<LockNeed> locks = new LinkedHashSet<>();
        boolean snapshots = false;
        boolean deadRows = false;
        for (Step step : work.steps()) {
            deadRows |= step instanceof Step.Backfill;
            for (ParsedStatement statement : step.statements()) {
                List<LockNeed> needs = work.needs().getOrDefault(statement, List.of());
                locks.addAll(needs);
                awaited(statement.statement())
                        .ifPresent(mode -> needs.forEach(need -> locks.add(new LockNeed(need.relation(), mode))));
                snapshots |= awaitsSnapshots(statement.statement());
            }
        }
        return new Needs(locks, snapshots, deadRows);
    }

    /// The lock whose conflicting holders a CONCURRENTLY waits for.
    private static Optional<LockMode> awaited(Statement statement) {
        return switch (statement) {
            case Statement.CreateIndex index when index.concurrently() -> Optional.of(LockMode.SHARE);
            case Statement.Reindex index when index.concurrently() -> Optional.of(LockMode.ACCESS_EXCLUSIVE);
            case Statement.DropObjects drop when drop.concurrently() -> Optional.of(LockMode.ACCESS_EXCLUSIVE);
            case Statement.AlterTable table
            when table.actions().stream().anyMatch(Needs::detachesConcurrently) ->
                Optional.of(LockMode.ACCESS_EXCLUSIVE);
            default -> Optional.empty();
        };
    }

    private static boolean detachesConcurrently(AlterAction action) {
        return action instanceof AlterAction.DetachPartition detach && detach.concurrently();
    }

    private static boolean awaitsSnapshots(Statement statement) {
        return switch (statement) {
            case Statement.CreateIndex index -> index.concurrently();
            case Statement.Reindex index -> index.concurrently();
            default -> false;
        };
    }

    /// @return who holds a lock that is in the way, each once with its strongest
    List<Obstacle> holders(Session session) {
        List<String> schemas = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> modes = new ArrayList<>();
        for (LockNeed need : locks) {
            for (LockMode conflict : need.mode().conflicts()) {
                schemas.add(need.relation().schema());
                names.add(need.relation().name());
                modes.add(conflict.pgLocks());
            }
        }
        return strongestOfEach(session.query(
                HOLDERS,
                row -> {
                    LockMode mode = LockMode.fromPgLocks(row.text("mode"));
                    QualifiedName relation = new QualifiedName(row.text("schema"), row.text("relation"));
                    return new Held(mode, Obstacle.of(row, "holds " + mode.sql() + " on " + relation));
                },
                schemas,
                names,
                modes));
    }

    private static List<Obstacle> strongestOfEach(List<Held> holders) {
        Map<String, Held> strongest = new LinkedHashMap<>();
        for (Held held : holders) {
            strongest.merge(
                    held.who().transaction(),
                    held,
                    (one, other) -> other.mode().strongerThan(one.mode()) ? other : one);
        }
        return strongest.values().stream().map(Held::who).toList();
    }

    private record Held(LockMode mode, Obstacle who) {}
}
