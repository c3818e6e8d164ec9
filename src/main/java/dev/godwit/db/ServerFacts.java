package dev.godwit.db;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.Identifiers;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.problem.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a server and a login can and cannot do, for gates and for `doctor`.
///
/// @param inRecovery a standby: nothing can be written
/// @param readOnly new transactions are read-only, by `default_transaction_read_only` or by recovery
/// @param canCreateSchema CREATE on the database, which making schema `godwit` needs
/// @param seesAllActivity member of `pg_read_all_stats`: other sessions' queries and waits are visible
/// @param freeConnections `max_connections` less those in use, before what is reserved for superusers
/// @param settings by name, in the server's own units and words: see [#SETTINGS]
public record ServerFacts(
        PostgresVersion version,
        String user,
        String database,
        boolean inRecovery,
        boolean readOnly,
        boolean superuser,
        boolean canCreateSchema,
        boolean seesAllActivity,
        long databaseBytes,
        int freeConnections,
        Map<String, String> settings) {
    /// Those that decide how a migration goes.
    private static final String SETTINGS = """
            SELECT name, current_setting(name) AS setting
            FROM pg_catalog.pg_settings
            WHERE name IN ('lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout', 'deadlock_timeout',
                           'maintenance_work_mem', 'max_parallel_maintenance_workers', 'shared_buffers', 'max_connections',
                           'max_locks_per_transaction', 'max_wal_size', 'wal_level', 'synchronous_commit', 'server_encoding',
                           'TimeZone', 'search_path', 'default_transaction_isolation', 'track_activity_query_size',
                           'log_min_duration_statement', 'old_snapshot_threshold', 'autovacuum')
            """;

    private static final String FACTS = """
            SELECT current_user AS me, current_database() AS database, pg_is_in_recovery() AS in_recovery,
                   current_setting('transaction_read_only')::boolean AS read_only,
                   (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) AS superuser,
                   has_database_privilege(current_database(), 'CREATE') AS can_create,
                   pg_has_role('pg_read_all_stats', 'USAGE') AS sees_activity,
                   pg_database_size(current_database()) AS bytes,
                   current_setting('max_connections')::int - (
                       SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE datid IS NOT NULL) AS free
            """;

    public ServerFacts {
        requireNonNull(version);
        requireNonNull(user);
        requireNonNull(database);
        settings = Map.copyOf(settings);
    }

    public static ServerFacts read(Session session) {
        Map<String, String> settings = new TreeMap<>();
        session.query(SETTINGS, row -> settings.put(row.text("name"), row.text("setting")));
        return session.queryOne(FACTS, row -> facts(session.serverVersion(), row, settings))
                .orElseThrow();
    }

    private static ServerFacts facts(PostgresVersion version, Row row, Map<String, String> settings) {
        return new ServerFacts(
                version,
                row.text("me"),
                row.text("database"),
                row.flag("in_recovery"),
                row.flag("read_only"),
                row.flag("superuser"),
                row.flag("can_create"),
                row.flag("sees_activity"),
                row.number("bytes"),
                (int) row.number("free"),
                settings);
    }

    /// @return why nothing can be applied here, before anything is tried
    public Optional<Problem> obstacleToWriting() {
        if (inRecovery) {
            return Optional.of(Problem.database("this server is a read-only standby of " + database)
                    .at(database)
                    .leaving("nothing was changed")
                    .remedy("give the primary's URL with --production"));
        }
        if (readOnly) {
            return Optional.of(Problem.database("transactions in " + database + " are read-only for " + user)
                    .at(database)
                    .leaving("nothing was changed")
                    .remedy("find who set default_transaction_read_only (server, database or role) and why, then turn"
                            + " it off for this role"));
        }
        return version.supported() ? Optional.empty() : Optional.of(unsupported());
    }

    /// @return why the ledger cannot be made here
    public Optional<Problem> obstacleToLedger() {
        if (canCreateSchema) {
            return Optional.empty();
        }
        return Optional.of(Problem.database(user + " may not create a schema in " + database)
                .at(database)
                .leaving("nothing was changed")
                .remedy("have the database's owner run: GRANT CREATE ON DATABASE "
                        + Identifiers.quote(database) + " TO "
                        + Identifiers.quote(user)));
    }

    private Problem unsupported() {
        return Problem.database("PostgreSQL " + version + " is not supported")
                .at(database)
                .leaving("nothing was changed")
                .remedy("Godwit knows PostgreSQL " + PostgresVersion.OLDEST_MAJOR + " to "
                        + PostgresVersion.NEWEST_MAJOR);
    }
}
