package dev.godwit.rehearse;

import dev.godwit.catalog.Column;
import dev.godwit.catalog.Table;
import dev.godwit.db.RowFingerprint;
import dev.godwit.db.Session;
import dev.godwit.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The rows of the touched tables, counted and summed over the columns that they had before the migration: so what the
/// up adds does not count, and what the down does not give back does.
final class RowBook {
    private final List<Table> tables;

    RowBook(List<Table> tables) {
        this.tables = List.copyOf(tables);
    }

    /// @return by table; one that is gone, or lacks a column that it had, is not in it
    Map<QualifiedName, RowFingerprint> read(Session session) {
        Map<QualifiedName, RowFingerprint> sums = new TreeMap<>();
        for (Table table : tables) {
            List<String> columns = table.columns().stream().map(Column::name).toList();
            if (hasAll(session, table, columns)) {
                sums.put(table.name(), RowFingerprint.of(session, table.name(), columns));
            }
        }
        return sums;
    }

    private static boolean hasAll(Session session, Table table, List<String> columns) {
        List<String> found =
                session.query("""
                SELECT attname::text AS name FROM pg_catalog.pg_attribute
                WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped""", row -> row.text("name"), table.name().sql());
        return !found.isEmpty() && found.containsAll(columns);
    }

    /// @param before the up
    /// @param after the down
    /// @param written between them, by table
    /// @return the tables that did not get back what they had and keep what was written, a line each
    static List<String> lost(
            Map<QualifiedName, RowFingerprint> before,
            Map<QualifiedName, RowFingerprint> after,
            Map<QualifiedName, RowFingerprint> written) {
        List<String> lost = new ArrayList<>();
        before.forEach((table, old) -> {
            RowFingerprint more = written.get(table);
            RowFingerprint expected = more == null ? old : old.plus(more);
            String difference = difference(expected, after.get(table));
            if (!difference.isEmpty()) {
                lost.add(table + ": " + difference);
            }
        });
        return lost;
    }

    private static String difference(RowFingerprint expected, @Nullable RowFingerprint found) {
        if (found == null) {
            return "the table, or a column that it had, is gone";
        }
        if (found.rows() != expected.rows()) {
            return String.format(Locale.ROOT, "%,d rows of %,d", found.rows(), expected.rows());
        }
        return found.equals(expected) ? "" : "values are not what they were";
    }
}
