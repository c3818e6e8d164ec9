package dev.godwit.fact;

import dev.godwit.statement.Constraint;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The names that PostgreSQL chooses where a statement gives none, for as long as these are neither taken nor over
/// 63 bytes.
///
/// Source: `ChooseIndexName`, `ChooseConstraintName` and `ChooseForeignKeyConstraintNameAddition`.
public final class ConstraintNames {
    private ConstraintNames() {}

    public static String of(String table, Constraint constraint) {
        return constraint.name().orElseGet(() -> chosen(table, constraint));
    }

    private static String chosen(String table, Constraint constraint) {
        return switch (constraint) {
            case Constraint.Check check -> join(table, onlyColumn(check), "check");
            case Constraint.NotNull notNull -> join(table, List.of(notNull.column()), "not_null");
            case Constraint.Key key ->
                key.usingIndex().orElseGet(() -> key.primary() ? table + "_pkey" : join(table, key.columns(), "key"));
            case Constraint.ForeignKey key -> join(table, key.columns(), "fkey");
            case Constraint.Exclusion exclusion -> join(table, exclusion.columns(), "excl");
        };
    }

    private static List<String> onlyColumn(Constraint.Check check) {
        List<String> columns = check.condition().columns().distinct().toList();
        return columns.size() == 1 ? columns : List.of();
    }

    static String index(Statement.CreateIndex index) {
        return index.name().orElseGet(() -> index(index.table().name(), index));
    }

    /// @return the name of the same index of another table, a partition
    static String index(String table, Statement.CreateIndex index) {
        List<String> columns = Stream.concat(index.columns().stream(), index.included().stream())
                .map(column -> column.isEmpty() ? "expr" : column)
                .toList();
        return join(table, columns, "idx");
    }

    static String join(String table, List<String> columns, String suffix) {
        return Stream.of(Stream.of(table), columns.stream(), Stream.of(suffix))
                .flatMap(part -> part)
                .collect(Collectors.joining("_"));
    }
}
