package dev.godwit.db;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.Identifiers;
import dev.godwit.postgres.QualifiedName;
import java.math.BigDecimal;
import java.util.List;

/// The rows of a table as a count and a sum of 64-bit hashes: the same rows in any order give the same, and what some
/// rows add can be added and taken away again.
///
/// Source: pgcopydb's `compare data` does it this way; PostgreSQL's `hashtextextended`.
///
/// @param rows how many
/// @param sum of the hash of each row's text
public record RowFingerprint(long rows, BigDecimal sum) {
    public RowFingerprint {
        requireNonNull(sum);
    }

    /// Reads the whole table.
    ///
    /// @param columns what counts of a row; with none only the number of rows counts
    public static RowFingerprint of(Session session, QualifiedName table, List<String> columns) {
        String sql = select(columns) + " FROM " + table.sql();
        return CanonicalSettings.during(
                session, () -> session.queryOne(sql, RowFingerprint::read).orElseThrow());
    }

    /// Carries out an INSERT and reads just the rows that it wrote.
    ///
    /// @param insert without RETURNING
    public static RowFingerprint ofWritten(Session session, String insert, List<String> columns, Object... parameters) {
        String sql = "WITH written AS (" + insert + " RETURNING "
                + (columns.isEmpty() ? "1" : Identifiers.quoteAll(columns)) + ") " + select(columns) + " FROM written";
        return CanonicalSettings.during(
                session,
                () -> session.queryOne(sql, RowFingerprint::read, parameters).orElseThrow());
    }

    private static String select(List<String> columns) {
        String row = "ROW(" + Identifiers.quoteAll(columns) + ")::text";
        return "SELECT count(*) AS n, coalesce(sum(hashtextextended(" + row + ", 0)::numeric), 0)::text AS s";
    }

    private static RowFingerprint read(Row row) {
        return new RowFingerprint(row.number("n"), new BigDecimal(row.text("s")));
    }

    public RowFingerprint plus(RowFingerprint other) {
        return new RowFingerprint(rows + other.rows, sum.add(other.sum));
    }

    public RowFingerprint minus(RowFingerprint other) {
        return new RowFingerprint(rows - other.rows, sum.subtract(other.sum));
    }
}
