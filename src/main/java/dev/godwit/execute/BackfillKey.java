package dev.godwit.execute;

import static java.util.stream.Collectors.joining;

import dev.godwit.db.Row;
import dev.godwit.db.Session;
import dev.godwit.postgres.Identifiers;
import dev.godwit.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The columns along which a backfill walks: of a B-tree index, none of them NULL.
///
/// @param types as `format_type` writes them, to cast a key that was kept as text
record BackfillKey(List<String> columns, List<String> types) implements BackfillPath {
    private static final String INDEXES = """
            SELECT array_agg(a.attname::text ORDER BY k.place) AS columns,
              array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY k.place) AS types
            FROM pg_catalog.pg_index x
            JOIN pg_catalog.pg_class c ON c.oid = x.indexrelid
            JOIN pg_catalog.pg_am m ON m.oid = c.relam
            CROSS JOIN LATERAL unnest(x.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
            LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum AND k.attnum <> 0
            JOIN pg_catalog.pg_class t ON t.oid = x.indrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
            JOIN pg_catalog.pg_opclass o ON o.oid = x.indclass[k.place - 1]
            WHERE n.nspname = ? AND t.relname = ? AND m.amname = 'btree' AND x.indisvalid AND x.indisready
              AND x.indpred IS NULL AND k.place <= %s
            GROUP BY x.indexrelid, x.indisprimary, x.indisunique, x.indimmediate, x.indnkeyatts
            HAVING bool_and(coalesce(a.attnotnull, false)) AND bool_and(o.opcdefault)
              AND bool_and(x.indcollation[k.place - 1] = coalesce(a.attcollation, 0))
              AND count(DISTINCT x.indoption[k.place - 1]) = 1 AND %s
            ORDER BY x.indisprimary DESC, x.indnkeyatts, x.indexrelid LIMIT 1""";

    BackfillKey {
        columns = List.copyOf(columns);
        types = List.copyOf(types);
    }

    /// Passed over are partial, deferrable and unfinished indexes, expressions, and an order that a comparison of the
    /// columns does not follow: another operator class, another collation, ASC beside DESC.
    ///
    /// @param changed columns that the statement sets; a key with one of them would move its rows
    /// @return the primary key, else the narrowest unique one
    static Optional<BackfillKey> find(Session session, QualifiedName table, List<String> changed) {
        return session.queryOne(
                INDEXES.formatted(
                        "x.indnkeyatts",
                        "x.indisunique AND x.indimmediate AND NOT bool_or(a.attname::text = ANY (?::text[]))"),
                BackfillKey::of,
                table.schema(),
                table.name(),
                changed);
    }

    /// @param columns the user's choice; need not be unique, but an index must begin with them
    static Optional<BackfillKey> named(Session session, QualifiedName table, List<String> columns) {
        return session.queryOne(
                INDEXES.formatted(columns.size(), "array_agg(a.attname::text ORDER BY k.place) = ?::text[]"),
                BackfillKey::of,
                table.schema(),
                table.name(),
                columns);
    }

    private static BackfillKey of(Row row) {
        return new BackfillKey(row.texts("columns"), row.texts("types"));
    }

    @Override
    public String name() {
        return "key " + tuple(columns.stream().map(Identifiers::quote).toList());
    }

    /// The row at `above` is not in the range, the one at `upTo` is.
    @Override
    public String range(String correlation, List<String> above, List<String> upTo) {
        String key = key(correlation);
        String lower = above.isEmpty() ? "" : key + " > " + values(above);
        String upper = upTo.isEmpty() ? "" : key + " <= " + values(upTo);
        if (lower.isEmpty() || upper.isEmpty()) {
            return lower.isEmpty() && upper.isEmpty() ? "true" : lower + upper;
        }
        return lower + " AND " + upper;
    }

    /// The same range, so written that an index cannot be followed row by row: the planner reads the rows of a page at
    /// once (Bitmap Heap Scan), which is quicker where most of them are passed over.
    String rangePageByPage(String correlation, List<String> above, List<String> upTo) {
        String key = key(correlation);
        return "(" + key + " > " + values(above) + " AND " + key + " < " + values(upTo) + " OR " + key + " = "
                + values(upTo) + ")";
    }

    private String key(String correlation) {
        return tuple(columns.stream()
                .map(c -> correlation + "." + Identifiers.quote(c))
                .toList());
    }

    @Override
    public String next(BatchText text, List<String> above, int rows) {
        return at(text, above, List.of(), rows);
    }

    /// @return a query for the key of the last of so many rows; no row when there are fewer
    String at(BatchText text, List<String> above, List<String> upTo, long rows) {
        String own = columns.stream()
                .map(c -> text.correlation() + "." + Identifiers.quote(c))
                .collect(joining(", "));
        String asText = columns.stream()
                .map(c -> text.correlation() + "." + Identifiers.quote(c) + "::text")
                .collect(joining(", "));
        return "SELECT ARRAY[" + asText + "] AS key FROM " + text.table() + " WHERE "
                + range(text.correlation(), above, upTo) + " ORDER BY " + own + " OFFSET " + (rows - 1)
                + " LIMIT 1";
    }

    private String values(List<String> key) {
        return tuple(IntStream.range(0, columns.size())
                .mapToObj(i -> Identifiers.literal(key.get(i)) + "::" + types.get(i))
                .toList());
    }

    private static String tuple(List<String> parts) {
        return parts.size() == 1 ? parts.getFirst() : "(" + String.join(", ", parts) + ")";
    }
}
