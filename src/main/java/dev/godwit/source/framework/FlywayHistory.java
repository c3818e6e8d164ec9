package dev.godwit.source.framework;

import dev.godwit.postgres.Identifiers;
import dev.godwit.source.Migration;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.Script;
import dev.godwit.source.VersionTable;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/// Flyway's history table: what its rows say, and the rows that Flyway would write.
///
/// The table is a journal: of all rows about one version, or about one repeatable, the last one counts.
record FlywayHistory(FlywayConfig config) {
    private static final String BASELINE = "B__";

    /// Between the marks of a repeatable's key stand checksum and description.
    VersionTable versionTable() {
        String name = config.table().sql();
        String key = "CASE WHEN type = 'BASELINE' THEN '" + BASELINE + "' || version"
                + " WHEN version IS NULL THEN '" + Migration.REPEATABLE + "' || coalesce(checksum::text, '') || '__' ||"
                + " description ELSE version END";
        String latest = "installed_rank IN (SELECT max(installed_rank) FROM " + name + " GROUP BY coalesce(version, '"
                + Migration.REPEATABLE + "' || description))";
        return new VersionTable(
                config.table(),
                key,
                "success AND type NOT IN ('SCHEMA', 'DELETE') AND type NOT LIKE 'UNDO%' AND " + latest);
    }

    Set<String> appliedVersions(MigrationSet set, Collection<String> keys) {
        Set<String> applied = new TreeSet<>();
        for (String key : keys) {
            if (key.startsWith(BASELINE)) {
                upTo(set, key.substring(BASELINE.length()), applied);
            } else if (key.startsWith(Migration.REPEATABLE)) {
                repeatable(set, key.substring(Migration.REPEATABLE.length())).ifPresent(applied::add);
            } else {
                applied.add(inFiles(set, key));
            }
        }
        return applied;
    }

    /// What a baseline covers is never run.
    private static void upTo(MigrationSet set, String baseline, Set<String> applied) {
        set.migrations().stream()
                .filter(m -> !m.repeats() && FlywayName.ORDER.compare(m.version(), baseline) <= 0)
                .forEach(m -> applied.add(m.version()));
    }

    /// A row may say `1` for a file that was `V1` once and is `V001` now.
    static String inFiles(MigrationSet set, String version) {
        return set.migrations().stream()
                .filter(m -> !m.repeats() && FlywayName.isVersion(version))
                .map(Migration::version)
                .filter(v -> FlywayName.ORDER.compare(v, version) == 0)
                .findFirst()
                .orElse(version);
    }

    /// @return nothing for one whose text has changed since: it is pending again
    private Optional<String> repeatable(MigrationSet set, String checksumAndDescription) {
        int cut = checksumAndDescription.indexOf("__");
        String checksum = checksumAndDescription.substring(0, cut);
        String description = checksumAndDescription.substring(cut + 2);
        Optional<Migration> file = repeatableCalled(set, description);
        boolean changed = file.map(m -> checksum(m))
                .filter(OptionalInt::isPresent)
                .filter(now -> !checksum.equals(String.valueOf(now.getAsInt())))
                .isPresent();
        return changed
                ? Optional.empty()
                : Optional.of(file.map(Migration::version).orElse(Migration.REPEATABLE + description));
    }

    static Optional<Migration> repeatableCalled(MigrationSet set, String description) {
        return set.migrations().stream()
                .filter(m -> m.repeats() && description(m).equals(description))
                .findFirst();
    }

    static String description(Migration migration) {
        String words =
                migration.repeats() ? migration.version().substring(Migration.REPEATABLE.length()) : migration.name();
        return words.replace('_', ' ');
    }

    private OptionalInt checksum(Migration migration) {
        return FlywayScript.of(migration.up().text(), config).checksum(migration.repeats());
    }

    List<String> rowAdded(Migration migration) {
        boolean java = isClass(migration);
        OptionalInt checksum = java ? OptionalInt.empty() : checksum(migration);
        if (!java && checksum.isEmpty()) {
            return List.of(
                    "-- its checksum depends on placeholders that only Flyway knows; the next flyway migrate runs"
                            + " it again, which a repeatable allows");
        }
        String values = String.join(
                ", ",
                migration.repeats() ? "NULL" : Identifiers.literal(migration.version()),
                Identifiers.literal(description(migration)),
                java ? "'JDBC'" : "'SQL'",
                Identifiers.literal(java ? className(migration) : scriptName(migration.up())),
                checksum.isPresent() ? String.valueOf(checksum.getAsInt()) : "NULL");
        String table = config.table().sql();
        String insert = "INSERT INTO " + table + " (installed_rank, version, description, type, script, checksum,"
                + " installed_by, execution_time, success) SELECT coalesce(max(installed_rank), 0) + 1, " + values
                + ", current_user, 0, true FROM " + table;
        return List.of(failureForgotten(migration), insert);
    }

    String failureForgotten(Migration migration) {
        return "DELETE FROM " + config.table().sql() + " WHERE NOT success AND " + is(migration);
    }

    List<String> rowRemoved(Migration migration) {
        return List.of("DELETE FROM " + config.table().sql() + " WHERE " + is(migration));
    }

    private static String is(Migration migration) {
        return migration.repeats()
                ? "version IS NULL AND description = " + Identifiers.literal(description(migration))
                : "version = " + Identifiers.literal(migration.version());
    }

    boolean isClass(Migration migration) {
        return config.stem(migration.file().toString()).isEmpty();
    }

    private String className(Migration migration) {
        return migration
                .up()
                .text()
                .name()
                .replaceFirst("^src/main/[a-z]+/", "")
                .replaceFirst("\\.[a-z]+$", "")
                .replace('/', '.');
    }

    /// @return the path below the location
    private String scriptName(Script script) {
        Path file = script.file();
        return config.directories().stream()
                .filter(file::startsWith)
                .map(location -> location.relativize(file).toString().replace('\\', '/'))
                .findFirst()
                .orElseGet(() -> String.valueOf(file.getFileName()));
    }
}
