package dev.godwit.db;

import dev.godwit.catalog.CheckConstraint;
import dev.godwit.catalog.Column;
import dev.godwit.catalog.ForeignKey;
import dev.godwit.catalog.Index;
import dev.godwit.catalog.Partition;
import dev.godwit.catalog.Table;
import dev.godwit.catalog.TableKind;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.postgres.QualifiedName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads tables as records: one query for each kind of part, put together here.
///
/// Sizes come from what the server last counted (`relpages`, `reltuples`, `n_live_tup`): asking for the true size
/// would open every table and wait behind whoever locks one.
final class TableReader {
    private static final String TABLES = """
            SELECT r.nspname, r.relname, r.relkind, r.relispartition,
                   greatest(r.reltuples::bigint, pg_stat_get_live_tuples(r.relid), 0) AS rows,
                   current_setting('block_size')::bigint * (r.relpages + coalesce(t.relpages, 0) + coalesce(i.pages, 0)) AS bytes,
                   CASE WHEN r.relkind = 'p' THEN pg_get_partkeydef(r.relid) END AS partition_key,
                   p.nspname AS parent_schema, p.relname AS parent_name, pg_get_expr(r.relpartbound, r.relid) AS bound
            FROM rel r
            LEFT JOIN pg_class t ON t.oid = r.reltoastrelid
            LEFT JOIN (
                SELECT x.indrelid, sum(c.relpages) AS pages FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid
                GROUP BY x.indrelid) i ON i.indrelid = r.relid
            LEFT JOIN pg_inherits h ON h.inhrelid = r.relid AND r.relispartition
            LEFT JOIN rel p ON p.relid = h.inhparent
            WHERE r.relkind IN ('r', 'p', 'f')
            ORDER BY r.nspname, r.relname
            """;

    private static final String COLUMNS = """
            SELECT r.nspname, r.relname, a.attname, format_type(a.atttypid, a.atttypmod) AS type,
                   a.attnotnull {holds} AS not_null,
                   CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END AS default_expression,
                   a.attgenerated <> '' AS generated, a.attidentity <> '' AS identity
            FROM pg_attribute a
            JOIN rel r ON r.relid = a.attrelid AND r.relkind IN ('r', 'p', 'f')
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attrelid, a.attnum
            """;

    private static final String NOT_NULL_HOLDS = """
            AND NOT EXISTS (SELECT FROM pg_constraint n WHERE n.conrelid = a.attrelid AND n.contype = 'n'
                            AND n.conkey = ARRAY[a.attnum] AND NOT n.convalidated)""";

    private static final String CONSTRAINTS = """
            SELECT r.nspname, r.relname, k.conname, k.contype, k.convalidated, pg_get_constraintdef(k.oid) AS definition,
                   fn.nspname AS foreign_schema, f.relname AS foreign_name, own.names AS columns, far.names AS foreign_columns
            FROM pg_constraint k
            JOIN rel r ON r.relid = k.conrelid AND r.relkind IN ('r', 'p', 'f')
            LEFT JOIN pg_class f ON f.oid = k.confrelid
            LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
            LEFT JOIN LATERAL (
                SELECT array_agg(a.attname::text ORDER BY u.position) AS names
                FROM unnest(k.conkey) WITH ORDINALITY u(attnum, position)
                JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum) own ON k.contype IN ('f', 'p')
            LEFT JOIN LATERAL (
                SELECT array_agg(a.attname::text ORDER BY u.position) AS names
                FROM unnest(k.confkey) WITH ORDINALITY u(attnum, position)
                JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum) far ON k.contype = 'f'
            WHERE k.contype IN ('p', 'f', 'c')
              AND NOT EXISTS (SELECT FROM pg_constraint whole WHERE whole.oid = k.conparentid AND whole.conrelid = k.conrelid)
            ORDER BY r.nspname, r.relname, k.conname
            """;

    private static final String INDEXES = """
            SELECT r.nspname, r.relname, x.relname AS index_name, i.indisunique, i.indisvalid,
                   pg_get_indexdef(i.indexrelid) AS definition, pg_get_expr(i.indpred, i.indrelid) AS predicate, k.names AS columns
            FROM pg_index i
            JOIN rel r ON r.relid = i.indrelid AND r.relkind IN ('r', 'p')
            JOIN pg_class x ON x.oid = i.indexrelid
            CROSS JOIN LATERAL (
                SELECT array_agg(coalesce(a.attname::text, pg_get_indexdef(i.indexrelid, u.position::int, false))
                                 ORDER BY u.position) AS names
                FROM unnest(i.indkey::int2[]) WITH ORDINALITY u(attnum, position)
                LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.attnum
                WHERE u.position <= i.indnkeyatts) k
            ORDER BY r.nspname, r.relname, x.relname
            """;

    private final Session session;
    private final SchemaScope scope;

    TableReader(Session session, SchemaScope scope) {
        this.session = session;
        this.scope = scope;
    }

    private record Part<T>(QualifiedName table, T value) {
        private static <T> Part<T> of(Row row, T value) {
            return new Part<>(new QualifiedName(row.text("nspname"), row.text("relname")), value);
        }
    }

    /// What `pg_constraint` holds for a table, by its `contype`.
    private sealed interface Constraint {
        record Primary(List<String> columns) implements Constraint {}

        record Foreign(ForeignKey key) implements Constraint {}

        record Check(CheckConstraint constraint) implements Constraint {}
    }

    List<Table> read() {
        Map<QualifiedName, List<Column>> columns =
                parts(columnsSql(session.serverVersion()), row -> Part.of(row, column(row)));
        Map<QualifiedName, List<Constraint>> constraints = parts(CONSTRAINTS, row -> Part.of(row, constraint(row)));
        Map<QualifiedName, List<Index>> indexes = parts(INDEXES, row -> Part.of(row, index(row)));
        List<Table> tables = session.query(scope.with(TABLES), row -> {
            QualifiedName name = new QualifiedName(row.text("nspname"), row.text("relname"));
            return table(
                    row,
                    name,
                    columns.getOrDefault(name, List.of()),
                    constraints.getOrDefault(name, List.of()),
                    indexes.getOrDefault(name, List.of()));
        });
        return PartitionRows.summedUp(tables);
    }

    private <T> Map<QualifiedName, List<T>> parts(String sql, RowMapper<Part<T>> mapper) {
        return session.query(scope.with(sql), mapper).stream()
                .collect(Collectors.groupingBy(
                        Part::table, HashMap::new, Collectors.mapping(Part::value, Collectors.toList())));
    }

    private static String columnsSql(PostgresVersion version) {
        return COLUMNS.replace("{holds}", version.atLeast(18) ? NOT_NULL_HOLDS : "");
    }

    private static Column column(Row row) {
        return new Column(
                row.text("attname"),
                row.text("type"),
                row.flag("not_null"),
                Optional.ofNullable(row.textOrNull("default_expression")),
                row.flag("generated"),
                row.flag("identity"));
    }

    private static Constraint constraint(Row row) {
        String name = row.text("conname");
        boolean validated = row.flag("convalidated");
        return switch (row.text("contype")) {
            case "p" -> new Constraint.Primary(row.texts("columns"));
            case "c" -> new Constraint.Check(new CheckConstraint(name, row.text("definition"), validated));
            default ->
                new Constraint.Foreign(new ForeignKey(
                        name,
                        row.texts("columns"),
                        new QualifiedName(row.text("foreign_schema"), row.text("foreign_name")),
                        row.texts("foreign_columns"),
                        validated));
        };
    }

    private static Index index(Row row) {
        return new Index(
                row.text("index_name"),
                row.texts("columns"),
                row.flag("indisunique"),
                row.flag("indisvalid"),
                row.text("definition"),
                Optional.ofNullable(row.textOrNull("predicate")));
    }

    private static Table table(
            Row row, QualifiedName name, List<Column> columns, List<Constraint> constraints, List<Index> indexes) {
        return new Table(
                name,
                kind(row),
                columns,
                ofType(constraints, Constraint.Primary.class, Constraint.Primary::columns).stream()
                        .findFirst()
                        .orElse(List.of()),
                ofType(constraints, Constraint.Foreign.class, Constraint.Foreign::key),
                indexes,
                ofType(constraints, Constraint.Check.class, Constraint.Check::constraint),
                row.number("rows"),
                row.number("bytes"),
                Optional.ofNullable(row.textOrNull("partition_key")),
                partition(row));
    }

    private static <C extends Constraint, T> List<T> ofType(
            List<Constraint> constraints, Class<C> type, Function<C, T> part) {
        return constraints.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .map(part)
                .toList();
    }

    private static TableKind kind(Row row) {
        return switch (row.text("relkind")) {
            case "p" -> TableKind.PARTITIONED;
            case "f" -> TableKind.FOREIGN;
            default -> row.flag("relispartition") ? TableKind.PARTITION : TableKind.ORDINARY;
        };
    }

    private static Optional<Partition> partition(Row row) {
        return row.isNull("parent_name")
                ? Optional.empty()
                : Optional.of(new Partition(
                        new QualifiedName(row.text("parent_schema"), row.text("parent_name")), row.text("bound")));
    }
}
