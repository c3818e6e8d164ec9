package dev.godwit.staging;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Column;
import dev.godwit.catalog.Table;
import dev.godwit.catalog.TableKind;
import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.postgres.Identifiers;
import dev.godwit.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Rows from production's catalog alone: as many as it estimates, by type, with foreign keys that fit. The server makes
/// them, so nothing passes through this process however many there are.
///
/// Values are plain: distributions, widths and correlation are not production's. No row of production is read.
public final class Synthesizer {
    private final CatalogSnapshot schema;
    private final Map<QualifiedName, Long> rows = new TreeMap<>();
    private final RowExpressions expressions;

    /// What was made.
    ///
    /// @param gaps tables that stay short of their rows, with the reason, a line each
    public record Filled(long rows, int tables, List<String> gaps) {
        public Filled {
            gaps = List.copyOf(gaps);
        }
    }

    /// Who is told how it goes on.
    @FunctionalInterface
    public interface Progress {
        void table(QualifiedName table, long rows);
    }

    /// @param scale rows to make for each of production's
    public Synthesizer(CatalogSnapshot schema, double scale) {
        this.schema = schema;
        for (Table table : schema.tables()) {
            rows.put(table.name(), filled(table) ? Math.round(table.estimatedRows() * scale) : 0L);
        }
        this.expressions = new RowExpressions(schema, rows);
    }

    /// Partitions are filled through their parent, foreign tables not at all.
    private static boolean filled(Table table) {
        return switch (table.kind()) {
            case ORDINARY, PARTITIONED -> table.partitionOf().isEmpty();
            case PARTITION, FOREIGN -> false;
        };
    }

    /// Fills every table. Best before there are keys and indexes: they are built faster afterwards.
    public Filled fill(Session session, Progress progress) {
        List<String> gaps = new ArrayList<>();
        long made = 0;
        int tables = 0;
        for (Table table : schema.tables()) {
            long wanted = rows.getOrDefault(table.name(), 0L);
            if (wanted > 0) {
                progress.table(table.name(), wanted);
                Optional<String> gap = fill(session, table, wanted);
                gap.ifPresent(gaps::add);
                made += gap.isPresent() ? 0 : wanted;
                tables++;
            }
        }
        return new Filled(made, tables, gaps);
    }

    private Optional<String> fill(Session session, Table table, long wanted) {
        try {
            session.execute(insert(table, "generate_series(1::bigint, " + wanted + ") AS i"));
            table.columns().forEach(column -> advanceSequence(session, table, column));
            return Optional.empty();
        } catch (RowExpressions.NoValue e) {
            return Optional.of(table.name() + " stays empty: " + e.getMessage());
        } catch (DatabaseException e) {
            return Optional.of(
                    table.name() + " stays empty: " + e.serverMessage() + " (SQLSTATE " + e.sqlState() + ")");
        }
    }

    /// The next row that the application inserts takes a number that is free.
    private static void advanceSequence(Session session, Table table, Column column) {
        boolean serial = column.identity()
                || column.defaultExpression()
                        .filter(expression -> expression.startsWith("nextval("))
                        .isPresent();
        if (serial) {
            session.queryOne(
                    "SELECT setval(pg_get_serial_sequence(?, ?)::regclass, greatest(1, (SELECT max("
                            + Identifiers.quote(column.name()) + ") FROM "
                            + table.name().sql() + "))) AS n",
                    row -> row.textOrNull("n") == null ? "" : row.text("n"),
                    table.name().sql(),
                    column.name());
        }
    }

    /// @return an INSERT of one row, its one parameter the row's number; empty when no row can be made
    public Optional<String> insert(Table table) {
        if (table.kind() == TableKind.FOREIGN) {
            return Optional.empty();
        }
        try {
            return Optional.of(insert(table, "(SELECT ?::bigint AS i) AS numbered"));
        } catch (RowExpressions.NoValue e) {
            return Optional.empty();
        }
    }

    private String insert(Table table, String numbers) throws RowExpressions.NoValue {
        List<RowExpressions.Assigned> assigned = expressions.of(table);
        String columns =
                assigned.stream().map(a -> Identifiers.quote(a.column().name())).collect(Collectors.joining(", "));
        String values =
                assigned.stream().map(RowExpressions.Assigned::expression).collect(Collectors.joining(",\n       "));
        return assigned.isEmpty()
                ? "INSERT INTO " + table.name().sql() + " SELECT FROM " + numbers
                : "INSERT INTO " + table.name().sql() + " (" + columns + ") OVERRIDING SYSTEM VALUE\nSELECT " + values
                        + "\nFROM " + numbers;
    }
}
