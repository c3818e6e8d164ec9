package dev.godwit.traffic;

import static dev.godwit.postgres.Identifiers.quote;

import dev.godwit.catalog.Column;
import dev.godwit.catalog.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A synthetic row that any table takes: the copy of an existing one with new values where they must be unique. Its
/// foreign keys and checks hold because the original's do. Where uniqueness cannot be had, `ON CONFLICT DO NOTHING`
/// makes the insert take its locks and do nothing.
record RowCopy(String sql, KeyedTable keyed) implements InsertTemplate {
    private static final Pattern VARCHAR = Pattern.compile("character varying\\((\\d+)\\)");

    static RowCopy of(KeyedTable keyed) {
        Table table = keyed.table();
        Set<String> unique = unique(table);
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (Column column : table.columns()) {
            boolean mustDiffer = unique.contains(column.name());
            boolean filledByServer = mustDiffer && column.defaultExpression().isPresent();
            if (!column.generated() && !column.identity() && !filledByServer) {
                names.add(quote(column.name()));
                values.add(mustDiffer ? fresh(column).orElse(original(column)) : original(column));
            }
        }
        String target = table.name().sql() + (names.isEmpty() ? "" : " (" + String.join(", ", names) + ")");
        return new RowCopy(
                "INSERT INTO " + target + " SELECT " + String.join(", ", values) + " FROM "
                        + table.name().sql() + " AS t WHERE " + keyed.whereKey("t") + " ON CONFLICT DO NOTHING",
                keyed);
    }

    /// Columns of the primary key and of unique indexes, foreign keys left out: these have to point at something.
    private static Set<String> unique(Table table) {
        Set<String> unique = new HashSet<>(table.primaryKey());
        table.indexes().stream().filter(index -> index.unique()).forEach(index -> unique.addAll(index.columns()));
        table.foreignKeys().forEach(foreign -> foreign.columns().forEach(unique::remove));
        return unique;
    }

    private static String original(Column column) {
        return "t." + quote(column.name());
    }

    private static Optional<String> fresh(Column column) {
        Matcher varchar = VARCHAR.matcher(column.type());
        if (varchar.matches()) {
            return Optional.of("left(md5(random()::text), " + varchar.group(1) + ")");
        }
        return Optional.ofNullable(
                switch (column.type()) {
                    case "integer" -> "1073741824 + floor(random() * 1073741823)::integer";
                    case "bigint", "numeric" -> "4611686018427387904 + floor(random() * 4611686018427387903)::bigint";
                    case "text", "character varying" -> "md5(random()::text)";
                    case "uuid" -> "md5(random()::text)::uuid";
                    default -> null;
                });
    }

    @Override
    public Insert next(SplittableRandom random) {
        return new Insert(sql, List.of(keyed.randomKey(random)));
    }
}
