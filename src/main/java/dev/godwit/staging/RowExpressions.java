package dev.godwit.staging;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.CheckConstraint;
import dev.godwit.catalog.Column;
import dev.godwit.catalog.ForeignKey;
import dev.godwit.catalog.Table;
import dev.godwit.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What each column of a row is, as SQL over the row's number. A column of a foreign key is the expression of the
/// column
/// that it references over the number of a row there, so that keys of any type fit without reading one.
final class RowExpressions {
    private static final String ROW = "i";
    private static final int DEEPEST = 8;
    private static final long SCATTER = 7_919;
    private static final Pattern ONE_OF =
            Pattern.compile("\\(*\"?([^\"()\\s]+)\"?\\)*(?:::[a-z ]+)?\\)* = ANY \\(+ARRAY\\[(.*)]");
    private static final Pattern LITERAL = Pattern.compile("'((?:[^']|'')*)'");

    private final CatalogSnapshot schema;
    private final Map<QualifiedName, Long> rows;
    private final ValueExpressions values;

    /// @param rows how many rows each table gets
    RowExpressions(CatalogSnapshot schema, Map<QualifiedName, Long> rows) {
        this.schema = schema;
        this.rows = Map.copyOf(rows);
        this.values = new ValueExpressions(schema);
    }

    /// A column and its value.
    record Assigned(Column column, String expression) {}

    /// @return the columns that are filled; others are left to their default or to NULL
    /// @throws NoValue for a NOT NULL column without a default of a type that nothing is known of
    List<Assigned> of(Table table) throws NoValue {
        List<Assigned> assigned = new ArrayList<>();
        for (Column column : table.columns()) {
            if (column.generated()) {
                continue;
            }
            Optional<String> expression = of(table, column, ROW, 0);
            if (expression.isPresent()) {
                assigned.add(new Assigned(column, expression.get()));
            } else if (column.notNull() && column.defaultExpression().isEmpty()) {
                throw new NoValue("no value is known for " + column.name() + " of type " + column.type());
            }
        }
        return assigned;
    }

    /// Why a table stays empty.
    static final class NoValue extends Exception {
        private static final long serialVersionUID = 1L;

        NoValue(String why) {
            super(why);
        }
    }

    private Optional<String> of(Table table, Column column, String row, int depth) {
        Optional<ForeignKey> key = table.foreignKeys().stream()
                .filter(foreign -> foreign.columns().contains(column.name()))
                .findFirst();
        if (key.isPresent() && depth < DEEPEST) {
            Optional<String> referenced = referenced(table, key.get(), column, row, depth);
            if (referenced.isPresent()) {
                return referenced;
            }
        }
        return allowed(table, column, row).or(() -> values.of(column.type(), row, distinct(table, column.name())));
    }

    private Optional<String> referenced(Table table, ForeignKey key, Column column, String row, int depth) {
        Optional<Table> parent = schema.table(key.references());
        long parents = rows.getOrDefault(key.references(), 0L);
        if (parent.isEmpty() || parents == 0) {
            return column.notNull() ? Optional.empty() : Optional.of("NULL");
        }
        String wanted = key.referencedColumns().get(key.columns().indexOf(column.name()));
        return parent.get()
                .column(wanted)
                .flatMap(target -> of(parent.get(), target, parentRow(table, key, row, parents), depth + 1));
    }

    /// One to one where the key is unique; in digits of a mixed radix where several keys are unique together, so that
    /// no
    /// pair comes twice; scattered otherwise.
    private String parentRow(Table table, ForeignKey key, String row, long parents) {
        if (isUnique(table, Set.copyOf(key.columns()))) {
            return "1 + ((" + row + ") - 1) % " + parents;
        }
        long radix = 1;
        for (ForeignKey earlier : keysUniqueTogether(table)) {
            if (earlier.equals(key)) {
                return "1 + ((" + row + ") - 1) / " + radix + " % " + parents;
            }
            radix = Math.multiplyExact(radix, Math.max(1, rows.getOrDefault(earlier.references(), 1L)));
        }
        return "1 + (" + row + ") * " + SCATTER + " % " + parents;
    }

    private static List<ForeignKey> keysUniqueTogether(Table table) {
        return uniques(table).stream()
                .filter(unique -> unique.size() > 1)
                .map(unique -> table.foreignKeys().stream()
                        .filter(key -> unique.containsAll(key.columns()))
                        .toList())
                .filter(keys -> keys.size() > 1)
                .findFirst()
                .orElse(List.of());
    }

    private static boolean distinct(Table table, String column) {
        return uniques(table).stream().anyMatch(unique -> unique.contains(column));
    }

    private static boolean isUnique(Table table, Set<String> columns) {
        return uniques(table).stream().anyMatch(columns::containsAll);
    }

    private static List<Set<String>> uniques(Table table) {
        List<Set<String>> uniques = new ArrayList<>();
        if (!table.primaryKey().isEmpty()) {
            uniques.add(Set.copyOf(table.primaryKey()));
        }
        table.indexes().stream()
                .filter(index -> index.unique())
                .forEach(index -> uniques.add(new HashSet<>(index.columns())));
        return uniques;
    }

    /// A CHECK that lists what is allowed, `status = ANY (ARRAY['new'::text, …])`.
    private static Optional<String> allowed(Table table, Column column, String row) {
        for (CheckConstraint check : table.checks()) {
            Matcher list = ONE_OF.matcher(check.definition());
            if (list.find() && list.group(1).equals(column.name())) {
                List<String> literals = LITERAL.matcher(list.group(2))
                        .results()
                        .map(found -> found.group(1).replace("''", "'"))
                        .toList();
                if (!literals.isEmpty()) {
                    return Optional.of("(" + ValueExpressions.oneOf(literals, row) + ")::" + column.type());
                }
            }
        }
        return Optional.empty();
    }
}
