package dev.godwit.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Column;
import dev.godwit.catalog.ForeignKey;
import dev.godwit.catalog.Index;
import dev.godwit.catalog.SchemaObject;
import dev.godwit.catalog.Table;
import dev.godwit.catalog.TableKind;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.staging.TestClusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CatalogWorkloadTest {
    private static final QualifiedName CUSTOMERS = QualifiedName.inPublic("customers");
    private static final QualifiedName ORDERS = QualifiedName.inPublic("orders");
    private static final QualifiedName LINES = QualifiedName.inPublic("order_lines");
    private static final QualifiedName VISITS = QualifiedName.inPublic("visits");
    private static final QualifiedName AUDITED = QualifiedName.inPublic("Audited things");

    private final DatabaseUrl url = DatabaseUrl.parse(TestClusters.freshDatabase(18), Map.of());
    private final Session session = Session.open(url, "test");

    @BeforeEach
    void openTheShop() {
        session.execute("""
                CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email varchar(40) UNIQUE,
                    name text NOT NULL, shouted text GENERATED ALWAYS AS (upper(name)) STORED);
                CREATE TABLE orders (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), number int NOT NULL UNIQUE,
                    customer_id bigint NOT NULL REFERENCES customers, total numeric(9,2) CHECK (total > 0));
                CREATE TABLE order_lines (order_id uuid REFERENCES orders, line int, article text,
                    PRIMARY KEY (order_id, line));
                CREATE TABLE visits (at timestamptz, page text);
                CREATE TABLE "Audited things" (id serial PRIMARY KEY, note text);
                CREATE TABLE audit (what text);
                CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN INSERT INTO audit VALUES (NEW.note); RETURN NEW; END $$;
                CREATE TRIGGER audit BEFORE INSERT OR UPDATE ON "Audited things" FOR EACH ROW EXECUTE FUNCTION audit();
                INSERT INTO customers (email, name) SELECT 'c' || i || '@example.org', 'c' || i FROM generate_series(1, 50) i;
                INSERT INTO orders (number, customer_id, total) SELECT i, 1 + i % 50, i FROM generate_series(1, 30000) i;
                INSERT INTO order_lines SELECT id, 1, 'a' FROM orders WHERE number <= 100;
                INSERT INTO visits VALUES (now(), '/');
                INSERT INTO "Audited things" (note) VALUES ('one'), ('two');
                DELETE FROM audit;
                """);
    }

    @AfterEach
    void leave() {
        session.close();
    }

    @Test
    void everyOperationRunsAndLeavesTheRowsAsTheyWere() {
        CatalogWorkload workload = CatalogWorkload.of(shop(), Set.of(CUSTOMERS, ORDERS, VISITS, AUDITED), session);
        List<String> before = contents();
        SplittableRandom random = new SplittableRandom(1);
        for (Operation operation : workload.operations()) {
            for (int i = 0; i < 20; i++) {
                operation.run(session, random);
                assertThat(session.inTransaction()).isFalse();
            }
        }
        assertThat(contents()).isEqualTo(before);
        assertThat(workload.gaps()).containsExactly("only reads of public.visits: it has no primary key");
    }

    @Test
    void theTouchedTablesAndTheirNeighboursAreReadAndWritten() {
        assertThat(names(CatalogWorkload.of(shop(), Set.of(ORDERS), session)))
                .containsExactlyInAnyOrder(
                        "read of public.customers by key",
                        "range of public.customers",
                        "update of public.customers",
                        "insert into public.customers",
                        "read of public.orders by key",
                        "range of public.orders with public.customers",
                        "update of public.orders",
                        "insert into public.orders",
                        "read of public.order_lines by key",
                        "range of public.order_lines with public.orders",
                        "update of public.order_lines",
                        "insert into public.order_lines");
    }

    @Test
    void anInsertReallyInsertsAndANewRowIsGoneAgain() {
        CatalogWorkload workload = CatalogWorkload.of(shop(), Set.of(CUSTOMERS), session);
        long inserted = inserted(CUSTOMERS);
        Operation insert = operation(workload, "insert into public.customers");
        for (int i = 0; i < 10; i++) {
            insert.run(session, new SplittableRandom(i));
        }
        session.execute("SELECT pg_stat_force_next_flush()");
        assertThat(inserted(CUSTOMERS) - inserted).isGreaterThanOrEqualTo(10);
    }

    @Test
    void theQueriesAreThoseOfCodeWrittenBeforeTheMigration() {
        CatalogWorkload workload = CatalogWorkload.of(shop(), Set.of(VISITS), session);
        session.execute("ALTER TABLE visits ADD COLUMN agent text; ALTER TABLE visits RENAME COLUMN page TO path");
        try (OpenLoop loop = OpenLoop.start(url, workload, new Load(100, 1))) {
            LatencyReport report = Stream.generate(loop::report)
                    .filter(r -> r.queries() > 5)
                    .findFirst()
                    .orElseThrow();
            assertThat(report.failuresBySqlState()).containsOnlyKeys("42703");
        }
    }

    @Test
    void keysOfALargeTableComeFromAllOverIt() {
        session.execute("ANALYZE orders");
        KeyedTable keyed = KeyedTable.sample(orders(30_000), session);
        List<Long> numbers = new ArrayList<>();
        for (List<String> key : keyed.keys()) {
            numbers.add(session.queryOne(
                            "SELECT number FROM orders WHERE id = ?", row -> row.number("number"), key.getFirst())
                    .orElseThrow());
        }
        assertThat(numbers).hasSizeBetween(500, 10_000);
        assertThat(numbers).anyMatch(number -> number < 10_000).anyMatch(number -> number > 20_000);
    }

    @Test
    void aTemplateMakesTheInsertAndOneThatFailsIsAGap() {
        InsertTemplate wrong =
                random -> new InsertTemplate.Insert("INSERT INTO customers (nane) VALUES (?)", List.of("x"));
        InsertTemplate right = random ->
                new InsertTemplate.Insert("INSERT INTO order_lines SELECT id, 7, ? FROM orders LIMIT 1", List.of("x"));
        CatalogWorkload workload =
                CatalogWorkload.of(shop(), Set.of(ORDERS), Map.of(CUSTOMERS, wrong, LINES, right), session);
        assertThat(workload.gaps()).singleElement().asString().contains("no insert into public.customers", "42703");
        operation(workload, "insert into public.order_lines").run(session, new SplittableRandom(1));
    }

    @Test
    void whereNothingIsKnownTheLargestTablesStandForTheApplication() {
        assertThat(names(CatalogWorkload.of(shop(), Set.of(QualifiedName.inPublic("new_table")), session)))
                .contains("read of public.orders by key");
        CatalogSnapshot empty = new CatalogSnapshot(PostgresVersion.ofMajor(18), List.of(), List.of());
        CatalogWorkload ping = CatalogWorkload.of(empty, Set.of(), session);
        assertThat(names(ping)).containsExactly("ping");
        assertThat(ping.gaps()).hasSize(1);
    }

    private List<String> contents() {
        return Stream.of(CUSTOMERS, ORDERS, LINES, VISITS, AUDITED, QualifiedName.inPublic("audit"))
                .map(table -> session.queryOne(
                                "SELECT coalesce(md5(string_agg(t::text, ',' ORDER BY t::text)), '') AS content FROM "
                                        + table.sql() + " t",
                                row -> row.text("content"))
                        .orElseThrow())
                .toList();
    }

    private long inserted(QualifiedName table) {
        return session.queryOne(
                        "SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = ?",
                        row -> row.number("n_tup_ins"),
                        table.name())
                .orElseThrow();
    }

    private static List<String> names(CatalogWorkload workload) {
        return workload.operations().stream().map(Operation::name).toList();
    }

    private static Operation operation(CatalogWorkload workload, String name) {
        return workload.operations().stream()
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static CatalogSnapshot shop() {
        Table customers = table(
                CUSTOMERS,
                List.of(
                        new Column("id", "bigint", true, Optional.empty(), false, true),
                        column("email", "character varying(40)"),
                        column("name", "text"),
                        new Column("shouted", "text", false, Optional.empty(), true, false)),
                List.of("id"),
                List.of(),
                List.of(new Index("customers_email_key", List.of("email"), true, true, "")));
        Table lines = table(
                LINES,
                List.of(column("order_id", "uuid"), column("line", "integer"), column("article", "text")),
                List.of("order_id", "line"),
                List.of(new ForeignKey("lines_order", List.of("order_id"), ORDERS, List.of("id"), true)),
                List.of());
        Table visits = table(
                VISITS,
                List.of(column("at", "timestamp with time zone"), column("page", "text")),
                List.of(),
                List.of(),
                List.of());
        Column serial = new Column("id", "integer", true, Optional.of("nextval('s')"), false, false);
        Table audited = table(AUDITED, List.of(serial, column("note", "text")), List.of("id"), List.of(), List.of());
        SchemaObject trigger = new SchemaObject(
                SchemaObject.Kind.TRIGGER, "audit", "CREATE TRIGGER audit … ON public.\"Audited things\"");
        return new CatalogSnapshot(
                PostgresVersion.ofMajor(18), List.of(customers, orders(0), lines, visits, audited), List.of(trigger));
    }

    private static Table orders(long estimatedRows) {
        return new Table(
                ORDERS,
                TableKind.ORDINARY,
                List.of(
                        new Column("id", "uuid", true, Optional.of("gen_random_uuid()"), false, false),
                        column("number", "integer"),
                        column("customer_id", "bigint"),
                        column("total", "numeric(9,2)")),
                List.of("id"),
                List.of(new ForeignKey("orders_customer", List.of("customer_id"), CUSTOMERS, List.of("id"), true)),
                List.of(new Index("orders_number_key", List.of("number"), true, true, "")),
                List.of(),
                estimatedRows,
                0);
    }

    private static Column column(String name, String type) {
        return new Column(name, type, false, Optional.empty(), false, false);
    }

    private static Table table(
            QualifiedName name, List<Column> columns, List<String> key, List<ForeignKey> foreign, List<Index> indexes) {
        return new Table(name, TableKind.ORDINARY, columns, key, foreign, indexes, List.of(), 0, 0);
    }
}
