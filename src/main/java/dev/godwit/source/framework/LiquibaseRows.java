package dev.godwit.source.framework;

import dev.godwit.postgres.Identifiers;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.source.Invocation.Finished;
import dev.godwit.source.TableLock;
import dev.godwit.source.VersionTable;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Liquibase's table of changesets: what its rows say, and the rows that Godwit writes in its place.
record LiquibaseRows(LiquibaseConfig config) {
    /// A line of `history --format=TEXT`. An id may hold `::`, a file does not.
    private static final Pattern APPLIED = Pattern.compile("(?m)^ {2}(?! )(.+?)::(.+)::(.+?)\\s*$");

    /// File first, as Liquibase prints it; none of the three can be told from the others without the table.
    VersionTable versionTable() {
        return new VersionTable(
                config.table(), "filename || '::' || id || '::' || author", "exectype NOT IN ('FAILED', 'SKIPPED')");
    }

    static TableLock lock(QualifiedName table) {
        return new TableLock(
                table,
                "SELECT coalesce(lockedby, 'nobody named') AS who, coalesce(lockgranted::text, 'unknown') AS since FROM "
                        + table.sql() + " WHERE locked",
                "UPDATE " + table.sql() + " SET locked = false, lockgranted = NULL, lockedby = NULL WHERE locked");
    }

    static Set<String> appliedVersions(Collection<String> keys) {
        Set<String> applied = new TreeSet<>();
        keys.forEach(key -> add(Pattern.compile("(.+?)::(.+)::(.+?)").matcher(key), applied));
        return applied;
    }

    static Set<String> appliedAccordingTo(Finished history) {
        Set<String> applied = new TreeSet<>();
        Matcher rows = APPLIED.matcher(history.output());
        while (rows.find()) {
            applied.add(LiquibaseChangeSet.version(rows.group(2), rows.group(3), rows.group(1)));
        }
        return applied;
    }

    private static void add(Matcher key, Set<String> applied) {
        if (key.matches()) {
            applied.add(LiquibaseChangeSet.version(key.group(2), key.group(3), key.group(1)));
        }
    }

    List<String> rowAdded(LiquibaseChangeSet changeSet) {
        String table = config.table().sql();
        String values = String.join(
                ", ",
                Identifiers.literal(changeSet.id()),
                Identifiers.literal(changeSet.author()),
                Identifiers.literal(changeSet.file()));
        return List.of(
                "-- MD5SUM stays empty, as after liquibase clear-checksums; the next liquibase update fills it in",
                "INSERT INTO " + table + " (id, author, filename, dateexecuted, orderexecuted, exectype) SELECT "
                        + values + ", localtimestamp, coalesce(max(orderexecuted), 0) + 1, 'EXECUTED' FROM " + table);
    }

    List<String> rowRemoved(LiquibaseChangeSet changeSet) {
        return List.of("DELETE FROM " + config.table().sql() + " WHERE id = " + Identifiers.literal(changeSet.id())
                + " AND author = " + Identifiers.literal(changeSet.author()) + " AND filename IN ("
                + Identifiers.literal(changeSet.file()) + ", "
                + Identifiers.literal("classpath:" + changeSet.file()) + ")");
    }
}
