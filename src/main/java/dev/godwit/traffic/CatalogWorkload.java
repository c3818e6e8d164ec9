package dev.godwit.traffic;

import static dev.godwit.postgres.Identifiers.quote;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Column;
import dev.godwit.catalog.ForeignKey;
import dev.godwit.catalog.SchemaObject;
import dev.godwit.catalog.Table;
import dev.godwit.catalog.TableKind;
import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Traffic for a schema that nobody described: reads by key, ranges with joins, updates and inserts in equal parts, on
/// the tables that a migration touches and their neighbours by foreign key. The queries are those of code written
/// before the migration: they name the columns of the snapshot, never `*`. All writes leave the rows as they were.
///
/// Every operation has run once, and was rolled back, before it is offered; what did not run is in [#gaps].
public final class CatalogWorkload implements Workload {
    private static final int ROWS_A_RANGE = 20;
    private static final int MOST_TABLES = 20;
    private static final int TABLES_WITHOUT_HINT = 8;
    private static final long SEED = 20_261_122;

    private final CatalogSnapshot before;
    private final Map<QualifiedName, InsertTemplate> inserts;
    private final List<Operation> operations = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();

    private CatalogWorkload(CatalogSnapshot before, Map<QualifiedName, InsertTemplate> inserts) {
        this.before = before;
        this.inserts = Map.copyOf(inserts);
    }

    /// Inserts are copies of existing rows.
    ///
    /// @param touched what the migration names; tables that the snapshot does not have are passed over, and if
    ///     none is left, the largest tables stand for the application
    /// @param session to the database that will be under traffic, outside a transaction
    public static CatalogWorkload of(CatalogSnapshot before, Set<QualifiedName> touched, Session session) {
        return of(before, touched, Map.of(), session);
    }

    /// @param inserts by table; the others get copies of existing rows
    public static CatalogWorkload of(
            CatalogSnapshot before,
            Set<QualifiedName> touched,
            Map<QualifiedName, InsertTemplate> inserts,
            Session session) {
        CatalogWorkload workload = new CatalogWorkload(before, inserts);
        for (Table table : workload.tables(touched)) {
            workload.add(KeyedTable.sample(table, session), session);
        }
        if (workload.operations.isEmpty()) {
            workload.gaps.add("no table to read or write: the traffic only asks whether the server answers");
            workload.operations.add(new Ping());
        }
        return workload;
    }

    @Override
    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    /// @return what this traffic leaves out, a line each
    public List<String> gaps() {
        return List.copyOf(gaps);
    }

    private List<Table> tables(Set<QualifiedName> touched) {
        List<Table> all = before.tables().stream()
                .filter(table -> table.kind() != TableKind.FOREIGN)
                .toList();
        Set<QualifiedName> wanted = withNeighbours(all, touched);
        List<Table> found =
                all.stream().filter(table -> wanted.contains(table.name())).toList();
        return found.isEmpty() ? largest(all, TABLES_WITHOUT_HINT) : largest(found, MOST_TABLES);
    }

    private static Set<QualifiedName> withNeighbours(List<Table> all, Set<QualifiedName> touched) {
        Set<QualifiedName> wanted = new LinkedHashSet<>(touched);
        for (Table table : all) {
            for (ForeignKey foreign : table.foreignKeys()) {
                if (touched.contains(table.name())) {
                    wanted.add(foreign.references());
                }
                if (touched.contains(foreign.references())) {
                    wanted.add(table.name());
                }
            }
        }
        return wanted;
    }

    private static List<Table> largest(List<Table> tables, int count) {
        return tables.stream()
                .sorted(Comparator.comparingLong(Table::estimatedRows).reversed())
                .limit(count)
                .toList();
    }

    private void add(KeyedTable keyed, Session session) {
        String name = keyed.table().name().toString();
        if (!keyed.hasRows()) {
            String sql = "SELECT " + keyed.columns("t") + " FROM "
                    + keyed.table().name().sql() + " AS t LIMIT " + ROWS_A_RANGE;
            offer(new TableOperation.Read("read " + name, 1, sql, keyed), session);
            gaps.add("only reads of " + name + ": it has no "
                    + (keyed.table().primaryKey().isEmpty() ? "primary key" : "rows"));
            return;
        }
        List<TableOperation> ranges = ranges(keyed);
        ranges.forEach(range -> offer(range, session));
        int part = ranges.size();
        offer(read(keyed, part), session);
        touch(keyed, part).ifPresent(touch -> offer(touch, session));
        offer(insert(keyed, part), session);
    }

    private void offer(TableOperation operation, Session session) {
        try {
            session.begin();
            operation.body(session, new SplittableRandom(SEED));
            operations.add(operation);
        } catch (DatabaseException refused) {
            gaps.add("no " + operation.name() + ": " + refused.serverMessage() + " (" + refused.sqlState() + ")");
        } finally {
            session.rollback();
        }
    }

    private static TableOperation read(KeyedTable keyed, int weight) {
        String sql = "SELECT " + keyed.columns("t") + " FROM "
                + keyed.table().name().sql() + " AS t WHERE " + keyed.whereKey("t");
        return new TableOperation.Read("read of " + keyed.table().name() + " by key", weight, sql, keyed);
    }

    /// One range over each foreign key with what it points to, or one over the table alone.
    private List<TableOperation> ranges(KeyedTable keyed) {
        List<TableOperation> joins = new ArrayList<>();
        for (ForeignKey foreign : keyed.table().foreignKeys()) {
            String join = " JOIN " + foreign.references().sql() + " AS p ON " + joined(foreign);
            String parent = foreign.referencedColumns().stream()
                    .map(column -> "p." + quote(column))
                    .collect(Collectors.joining(", "));
            joins.add(range(keyed, ", " + parent, join, " with " + foreign.references()));
        }
        return joins.isEmpty() ? List.of(range(keyed, "", "", "")) : joins;
    }

    private static TableOperation range(KeyedTable keyed, String moreColumns, String join, String moreName) {
        String sql = "SELECT " + keyed.columns("t") + moreColumns + " FROM "
                + keyed.table().name().sql() + " AS t" + join + " WHERE " + keyed.fromKey("t") + " LIMIT "
                + ROWS_A_RANGE;
        return new TableOperation.Read("range of " + keyed.table().name() + moreName, 1, sql, keyed);
    }

    private static String joined(ForeignKey foreign) {
        return IntStream.range(0, foreign.columns().size())
                .mapToObj(i -> "t." + quote(foreign.columns().get(i)) + " = p."
                        + quote(foreign.referencedColumns().get(i)))
                .collect(Collectors.joining(" AND "));
    }

    private Optional<TableOperation> touch(KeyedTable keyed, int weight) {
        Table table = keyed.table();
        return plainColumn(table)
                .map(column -> "UPDATE " + table.name().sql() + " AS t SET " + quote(column) + " = t." + quote(column)
                        + " WHERE " + keyed.whereKey("t"))
                .map(sql -> new TableOperation.Touch(
                        "update of " + table.name(), weight, sql, keyed, writesElsewhere(table)));
    }

    /// The column that application code changes most: in no index if there is one.
    private static Optional<String> plainColumn(Table table) {
        Set<String> indexed = table.indexes().stream()
                .flatMap(index -> index.columns().stream())
                .collect(Collectors.toSet());
        return table.columns().stream()
                .filter(column -> !column.generated() && !column.identity())
                .map(Column::name)
                .filter(column -> !table.primaryKey().contains(column))
                .min(Comparator.comparing(indexed::contains));
    }

    private TableOperation insert(KeyedTable keyed, int weight) {
        Table table = keyed.table();
        InsertTemplate template = inserts.getOrDefault(table.name(), RowCopy.of(keyed));
        String delete = "DELETE FROM " + table.name().sql() + " AS t WHERE " + keyed.whereKey("t");
        return new TableOperation.InsertAndDelete(
                "insert into " + table.name(), weight, template, table, delete, writesElsewhere(table));
    }

    /// Whether a trigger or rule may have this table: by name only, since a rollback too many does no harm.
    private boolean writesElsewhere(Table table) {
        String name = table.name().name().replace("\"", "\"\"");
        return before.objects().stream()
                .filter(object -> object.kind() == SchemaObject.Kind.TRIGGER || object.kind() == SchemaObject.Kind.RULE)
                .anyMatch(object -> object.definition().contains(name));
    }

    private record Ping() implements Operation {
        @Override
        public String name() {
            return "ping";
        }

        @Override
        public void run(Session session, SplittableRandom random) {
            session.execute("SELECT 1");
        }
    }
}
