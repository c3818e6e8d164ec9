package dev.godwit.command;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Table;
import dev.godwit.postgres.QualifiedName;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The tables that migration tools keep for themselves, by their own default names. A tool makes its
/// table in its first run and leaves it behind, which is no fault of the migration's down.
final class KnownTables {
    private static final Set<String> NAMES = Set.of(
            "schema_migrations",
            "ar_internal_metadata",
            "schema_info",
            "goose_db_version",
            "goose_migrations",
            "gorp_migrations",
            "atlas_schema_revisions",
            "pgmigrations",
            "sequelizemeta",
            "sequelizedata",
            "knex_migrations",
            "knex_migrations_lock",
            "typeorm_metadata",
            "mikro_orm_migrations",
            "kysely_migration",
            "kysely_migration_lock",
            "__drizzle_migrations",
            "_prisma_migrations",
            "_sqlx_migrations",
            "__diesel_schema_migrations",
            "refinery_schema_history",
            "seaql_migrations",
            "__efmigrationshistory",
            "schemaversions",
            "versioninfo",
            "grate_scriptsrun",
            "doctrine_migration_versions",
            "phinxlog",
            "migrations",
            "alembic_version",
            "django_migrations",
            "_yoyo_migration",
            "_yoyo_log",
            "_yoyo_version",
            "yoyo_lock",
            "flyway_schema_history",
            "databasechangelog",
            "databasechangeloglock",
            "play_evolutions",
            "play_evolutions_lock",
            "ragtime_migrations",
            "schema_version",
            "bun_migrations",
            "bun_migration_locks",
            "tern_version",
            "migration_lock");

    private KnownTables() {}

    /// @param named the one that the configuration names
    static Set<QualifiedName> of(CatalogSnapshot schema, Optional<QualifiedName> named) {
        return schema.tables().stream()
                .map(Table::name)
                .filter(name -> named.filter(name::equals).isPresent()
                        || NAMES.contains(name.name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableSet());
    }
}
