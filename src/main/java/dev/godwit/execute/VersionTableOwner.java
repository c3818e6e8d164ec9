package dev.godwit.execute;

import dev.godwit.db.Session;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Another tool whose version table stands where Godwit's plain SQL table would: told by its columns.
///
/// @param tool as its users call it
/// @param columns all of them are in its table, and not in the plain one
record VersionTableOwner(String tool, Set<String> columns) {
    /// The plain table, which is dbmate's: either may follow the other.
    private static final List<String> PLAIN = List.of("version");

    /// More telling columns first.
    private static final List<VersionTableOwner> KNOWN = List.of(
            new VersionTableOwner("Flyway", Set.of("installed_rank", "checksum")),
            new VersionTableOwner("Liquibase", Set.of("orderexecuted", "md5sum")),
            new VersionTableOwner("Prisma", Set.of("migration_name", "applied_steps_count")),
            new VersionTableOwner("golang-migrate", Set.of("version", "dirty")),
            new VersionTableOwner("Ecto", Set.of("version", "inserted_at")),
            new VersionTableOwner("SQLx", Set.of("version", "installed_on")),
            new VersionTableOwner("Diesel", Set.of("version", "run_on")),
            new VersionTableOwner("Alembic", Set.of("version_num")),
            new VersionTableOwner("Django", Set.of("app", "applied")),
            new VersionTableOwner("Laravel", Set.of("migration", "batch")),
            new VersionTableOwner("Knex", Set.of("migration_time", "batch")),
            new VersionTableOwner("goose", Set.of("version_id", "is_applied")),
            new VersionTableOwner("node-pg-migrate", Set.of("name", "run_on")),
            new VersionTableOwner("sqitch", Set.of("change_id")));

    /// @param columns those of the table; empty when there is none
    /// @return who owns the table; empty when it is a plain one, or none
    static Optional<VersionTableOwner> of(Session session, QualifiedName table, List<String> columns) {
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        if (columns.equals(PLAIN)) {
            return besideRails(session, table);
        }
        return Optional.of(known(columns).orElseGet(() -> new VersionTableOwner("another tool", Set.copyOf(columns))));
    }

    private static Optional<VersionTableOwner> known(Collection<String> columns) {
        return KNOWN.stream()
                .filter(owner -> columns.containsAll(owner.columns()))
                .findFirst();
    }

    /// Rails' table has the plain shape; its second table tells it apart.
    private static Optional<VersionTableOwner> besideRails(Session session, QualifiedName table) {
        return session.queryOne("""
                        SELECT c.oid::text AS oid FROM pg_catalog.pg_class c
                        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                        WHERE n.nspname = ? AND c.relname = 'ar_internal_metadata'""", row -> row.text("oid"), table.schema())
                .map(_ -> new VersionTableOwner("Rails", Set.of("version")));
    }

    GodwitException problem(QualifiedName table) {
        return Problem.usage("the version table " + table + " belongs to " + tool + ", not to plain SQL migrations")
                .at(table + " (" + String.join(", ", columns.stream().sorted().toList()) + ")")
                .leaving("nothing was changed")
                .remedy("run godwit in the " + tool + " project that owns the table, or name another version table in"
                        + " godwit.toml")
                .raise();
    }
}
