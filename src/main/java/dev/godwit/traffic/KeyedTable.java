package dev.godwit.traffic;

import static dev.godwit.postgres.Identifiers.quote;

import dev.godwit.catalog.Column;
import dev.godwit.catalog.Table;
import dev.godwit.db.Row;
import dev.godwit.db.Session;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A table and a sample of its primary keys, read once, so that traffic hits rows that exist all over the table.
///
/// @param keys the values of each key as text, in the order of the primary key; empty without rows or without key
record KeyedTable(Table table, List<List<String>> keys) {
    private static final int SAMPLE = 2_000;
    private static final int MOST_KEYS = 10_000;
    private static final int ROWS_READ = 10 * SAMPLE;

    static KeyedTable sample(Table table, Session session) {
        if (table.primaryKey().isEmpty()) {
            return new KeyedTable(table, List.of());
        }
        List<List<String>> spread =
                table.estimatedRows() > ROWS_READ ? read(table, session, randomBlocks(table)) : List.of();
        return new KeyedTable(table, spread.isEmpty() ? read(table, session, "") : spread);
    }

    /// Whole blocks are sampled, so that only these are read; of each a tenth, so that they are many.
    private static String randomBlocks(Table table) {
        double percent = 100.0 * ROWS_READ / table.estimatedRows();
        return " TABLESAMPLE SYSTEM (" + percent + ") WHERE random() < " + (double) SAMPLE / ROWS_READ;
    }

    private static List<List<String>> read(Table table, Session session, String clause) {
        int limit = clause.isEmpty() ? SAMPLE : MOST_KEYS;
        String sql = "SELECT " + keyTexts(table) + " FROM " + table.name().sql() + clause + " LIMIT " + limit;
        return session.query(sql, row -> key(table, row));
    }

    /// @return the primary key as text columns `k0`, `k1`, …
    static String keyTexts(Table table) {
        return eachKeyColumn(table, i -> quote(table.primaryKey().get(i)) + "::text AS k" + i, ", ");
    }

    static List<String> key(Table table, Row row) {
        return IntStream.range(0, table.primaryKey().size())
                .mapToObj(i -> row.text("k" + i))
                .toList();
    }

    /// @return `t."id" = CAST(? AS bigint) AND …`: the type that the old application's code knows
    String whereKey(String alias) {
        return eachKeyColumn(
                table, i -> alias + "." + quote(table.primaryKey().get(i)) + " = " + placeholder(i), " AND ");
    }

    /// @return `(t."id") >= (CAST(? AS bigint)) ORDER BY t."id"`
    String fromKey(String alias) {
        String columns =
                eachKeyColumn(table, i -> alias + "." + quote(table.primaryKey().get(i)), ", ");
        return "(" + columns + ") >= (" + eachKeyColumn(table, this::placeholder, ", ") + ") ORDER BY " + columns;
    }

    private String placeholder(int keyColumn) {
        return "CAST(? AS " + column(table.primaryKey().get(keyColumn)).type() + ")";
    }

    private Column column(String name) {
        return table.column(name).orElseThrow(() -> new IllegalArgumentException("no column " + name));
    }

    private static String eachKeyColumn(Table table, Function<Integer, String> text, String separator) {
        return IntStream.range(0, table.primaryKey().size()).boxed().map(text).collect(Collectors.joining(separator));
    }

    boolean hasRows() {
        return !keys.isEmpty();
    }

    Object[] randomKey(SplittableRandom random) {
        return keys.get(random.nextInt(keys.size())).toArray();
    }

    /// @return every column by name, as code that was written against this table asks for them
    String columns(String alias) {
        return table.columns().stream()
                .map(column -> alias + "." + quote(column.name()))
                .collect(Collectors.joining(", "));
    }
}
