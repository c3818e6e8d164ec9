package dev.godwit.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.fact.Consequences.Breakage;
import dev.godwit.fact.Consequences.Loss;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.source.Direction;
import dev.godwit.source.TransactionMode;
import dev.godwit.staging.TestClusters;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactsTest {
    private static final PostgresVersion NEWEST = PostgresVersion.ofMajor(18);
    private static final QualifiedName ORDERS = QualifiedName.inPublic("orders");
    private static final QualifiedName CUSTOMERS = QualifiedName.inPublic("customers");

    @Test
    void aTableHasNoMoreColumnsThanTheServerAllows() {
        RelationModel table = RelationModel.of(QualifiedName.inPublic("t"), ObjectKind.TABLE, Origin.EXISTING);
        for (int i = 0; i < 2_000; i++) {
            table = table.withColumn(ColumnModel.unknown("c" + i));
        }
        assertThat(table.columns()).hasSize(1_600);
        assertThat(table.withColumn(ColumnModel.unknown("c5")).columns()).hasSize(1_600);
    }

    @Test
    void transactionsAreNumberedThroughTheScript() {
        assertThat(transactions("SELECT 1; BEGIN; SELECT 2; SELECT 3; COMMIT; SELECT 4; SELECT 5;"))
                .containsExactly("1", "2", "2*", "2*", "2", "3", "4");
        assertThat(transactions("SELECT 1; SELECT 2;")).containsExactly("1*", "1*");
        assertThat(transactions("SELECT 1; VACUUM t; SELECT 2;")).containsExactly("1", "2", "3");
    }

    @Test
    void theStrongestLockOfAllActionsIsTaken() {
        StatementFacts facts = only("ALTER TABLE orders VALIDATE CONSTRAINT c, ALTER COLUMN a SET STATISTICS 5;");
        assertThat(facts.lockOn(ORDERS)).contains(LockMode.SHARE_UPDATE_EXCLUSIVE);
        assertThat(only("ALTER TABLE orders VALIDATE CONSTRAINT c, ADD COLUMN a text;")
                        .lockOn(ORDERS))
                .contains(LockMode.ACCESS_EXCLUSIVE);
    }

    @Test
    void aFunctionOfTheScriptIsAsVolatileAsItSays() {
        String steady = "CREATE FUNCTION f() RETURNS int STABLE LANGUAGE sql AS 'SELECT 1';";
        String unsaid = "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';";
        String add = "ALTER TABLE orders ADD COLUMN c int DEFAULT f();";
        assertThat(last(steady + add).rewrites()).isEmpty();
        assertThat(last(unsaid + add).rewrites()).containsExactly(ORDERS);
        assertThat(last(add).rewrites()).containsExactly(ORDERS);
    }

    @Test
    void inUtcATimestampBecomesOneWithTimeZoneForFree() {
        String table = "CREATE TABLE t (at timestamp);";
        String change = "ALTER TABLE t ALTER COLUMN at TYPE timestamptz;";
        assertThat(last(table + change).rewrites()).isNotEmpty();
        assertThat(last(table + "SET timezone TO 'UTC';" + change).rewrites()).isEmpty();
    }

    @Test
    void whatIsNotKnownIsNotCertain() {
        StatementFacts facts = only("ALTER TABLE orders ALTER COLUMN c TYPE varchar(20);");
        assertThat(facts.rewrites()).isEmpty();
        assertThat(facts.actions()).singleElement().satisfies(action -> {
            assertThat(action.work()).isEqualTo(Work.REWRITE);
            assertThat(action.certain()).isFalse();
        });
    }

    @Test
    void createsAndDropsAreSaid() {
        assertThat(only("CREATE TABLE orders (id bigint);").creates()).containsExactly(ORDERS);
        assertThat(only("CREATE INDEX ON orders (a, lower(b));").creates())
                .containsExactly(QualifiedName.inPublic("orders_a_expr_idx"));
        assertThat(only("DROP TABLE orders, customers;").drops()).containsExactlyInAnyOrder(ORDERS, CUSTOMERS);
    }

    @Test
    void aTableOfThisReleaseIsCreatedHereUnlessItWasThere() {
        assertThat(last("CREATE TABLE orders (); ALTER TABLE orders ADD COLUMN a text;")
                        .createdHere())
                .containsExactly(ORDERS);
        assertThat(last("ALTER TABLE orders ADD COLUMN a text; CREATE TABLE IF NOT EXISTS orders ();"
                                + " ALTER TABLE orders ADD COLUMN b text;")
                        .createdHere())
                .isEmpty();
        assertThat(last("CREATE TABLE a (); ALTER TABLE a RENAME TO orders; ALTER TABLE orders ADD COLUMN b text;")
                        .createdHere())
                .containsExactly(ORDERS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            VACUUM t                                            | true
            VACUUM FULL t                                       | true
            ANALYZE t                                           | false
            CREATE INDEX CONCURRENTLY i ON t (a)                | true
            CREATE INDEX i ON t (a)                             | false
            DROP INDEX CONCURRENTLY i                           | true
            REINDEX INDEX i                                     | false
            REINDEX INDEX CONCURRENTLY i                        | true
            REINDEX SCHEMA public                               | true
            CLUSTER                                             | true
            CLUSTER t USING i                                   | false
            CREATE DATABASE d                                   | true
            ALTER SYSTEM SET work_mem = '1MB'                   | true
            ALTER DATABASE d SET TABLESPACE s                   | true
            ALTER DATABASE d SET work_mem = '1MB'               | false
            DISCARD ALL                                         | true
            ALTER TABLE t DETACH PARTITION p CONCURRENTLY       | true
            ALTER TYPE e ADD VALUE 'x'                          | false
            CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p   | true
            CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (connect = false) | false
            """)
    void knowsWhatATransactionBlockRefuses(String sql, boolean refused) {
        assertThat(only(sql + ";").refusedInTransaction()).isEqualTo(refused);
    }

    @Test
    void aCatalogKnowsTypesProofsReferencesAndSizes() {
        FactContext context =
                new FactContext(NEWEST, TransactionMode.AUTO, Direction.UP, Optional.of(catalog()), List.of());
        assertThat(facts("ALTER TABLE orders ALTER COLUMN code TYPE varchar(30);", context)
                        .rewrites())
                .isEmpty();
        assertThat(facts("ALTER TABLE orders ALTER COLUMN code TYPE varchar(10);", context)
                        .rewrites())
                .containsExactly(ORDERS);
        assertThat(facts("ALTER TABLE orders ALTER COLUMN region SET NOT NULL;", context)
                        .scans())
                .isEmpty();
        assertThat(facts("ALTER TABLE orders ALTER COLUMN code SET NOT NULL;", context)
                        .scans())
                .containsExactly(ORDERS);
        assertThat(facts("DROP TABLE orders;", context).lockOn(CUSTOMERS)).contains(LockMode.ACCESS_EXCLUSIVE);
        assertThat(facts("DROP INDEX orders_code_idx;", context).lockOn(ORDERS)).contains(LockMode.ACCESS_EXCLUSIVE);
        assertThat(facts("ALTER TABLE orders ADD COLUMN a integer DEFAULT steady();", context)
                        .rewrites())
                .isEmpty();
        assertThat(facts("ALTER TABLE orders ADD COLUMN a positive;", context).rewrites())
                .containsExactly(ORDERS);
        assertThat(facts("DROP TABLE orders;", context)
                        .relation(ORDERS)
                        .orElseThrow()
                        .rows())
                .hasValue(500);
    }

    @Test
    void theSqlOfABlockCountsAsItsStatements() {
        StatementFacts facts = only("DO $$ BEGIN IF true THEN CREATE INDEX i ON orders (a); END IF;"
                + " EXECUTE 'DROP TABLE customers'; END $$;");
        assertThat(facts.lockOn(ORDERS)).contains(LockMode.SHARE);
        assertThat(facts.drops()).containsExactly(CUSTOMERS);
        assertThat(facts.consequences().unreadable()).isFalse();
        assertThat(facts.consequences().losses()).extracting(Loss::relation).containsExactly(CUSTOMERS);
    }

    @Test
    void sqlBuiltAtRunTimeIsSaidToBeUnreadable() {
        assertThat(only("DO $$ BEGIN EXECUTE 'DROP TABLE ' || quote_ident('x'); END $$;")
                        .consequences()
                        .unreadable())
                .isTrue();
        assertThat(only("DO LANGUAGE plperl 'x';").consequences().unreadable()).isTrue();
    }

    @Test
    void aFunctionOfTheReleaseDoesWhenCalledWhatItsBodySays() {
        String function = "CREATE FUNCTION fill() RETURNS void LANGUAGE plpgsql AS"
                + " 'BEGIN UPDATE orders SET a = 1; PERFORM fill(); END';";
        assertThat(last(function + "SELECT fill();").lockOn(ORDERS)).contains(LockMode.ROW_EXCLUSIVE);
        assertThat(last(function.replace("FUNCTION", "PROCEDURE").replace("RETURNS void", "") + "CALL fill();")
                        .lockOn(ORDERS))
                .contains(LockMode.ROW_EXCLUSIVE);
    }

    @Test
    void whatBreaksAndWhatIsLostIsSaid() {
        String table = "CREATE TABLE orders (id bigint, price numeric(10, 2), kind text);";
        assertThat(breaks(table + "ALTER TABLE orders DROP COLUMN kind;")).containsExactly(Breakage.Kind.COLUMN_GONE);
        assertThat(breaks(table + "ALTER TABLE orders RENAME kind TO sort;"))
                .containsExactly(Breakage.Kind.COLUMN_RENAMED);
        assertThat(breaks(table + "ALTER TABLE orders RENAME TO sales;"))
                .containsExactly(Breakage.Kind.RELATION_RENAMED);
        assertThat(breaks(table + "ALTER TABLE orders ADD COLUMN more int NOT NULL;"))
                .containsExactly(Breakage.Kind.VALUE_REQUIRED);
        assertThat(breaks(table + "ALTER TYPE mood RENAME VALUE 'a' TO 'b';"))
                .containsExactly(Breakage.Kind.ENUM_VALUE_RENAMED);
        assertThat(last(table + "ALTER TABLE orders ALTER price TYPE numeric(10, 1);")
                        .consequences()
                        .losses())
                .containsExactly(new Loss(Loss.Manner.NARROWED, ORDERS, Optional.of("price")));
        assertThat(last(table + "TRUNCATE orders;").consequences().losses())
                .containsExactly(new Loss(Loss.Manner.ROWS, ORDERS, Optional.empty()));
        assertThat(last(table + "ALTER TABLE orders RENAME TO sales;")
                        .consequences()
                        .renames())
                .containsEntry(ORDERS, QualifiedName.inPublic("sales"));
    }

    @Test
    void whoWaitsAndWhetherTheSizeMattersIsSaid() {
        String table = "CREATE TABLE orders (id bigint, kind text);";
        assertThat(last(table + "ALTER TABLE orders ALTER id TYPE int;").blocking())
                .containsExactly(new Blocking(ORDERS, LockMode.Blocks.READS_AND_WRITES, Work.REWRITE));
        assertThat(last(table + "CREATE INDEX ON orders (id);").blocking()).allMatch(Blocking::stalls);
        assertThat(last(table + "ALTER TABLE orders DROP COLUMN kind;").blocking())
                .noneMatch(Blocking::stalls);
    }

    private static List<Breakage.Kind> breaks(String sql) {
        return last(sql).consequences().breaks().stream().map(Breakage::kind).toList();
    }

    @Test
    void aCatalogKnowsViewsOwnersAndChildren() {
        FactContext context =
                new FactContext(NEWEST, TransactionMode.AUTO, Direction.UP, Optional.of(catalog()), List.of());
        assertThat(facts("DROP TABLE customers CASCADE;", context).drops())
                .contains(CUSTOMERS, QualifiedName.inPublic("names"), QualifiedName.inPublic("customers_number_seq"));
        assertThat(facts("ALTER TABLE base ADD COLUMN a text;", context).lockOn(QualifiedName.inPublic("derived")))
                .contains(LockMode.ACCESS_EXCLUSIVE);
        assertThat(facts("ALTER TABLE IF EXISTS nowhere ADD COLUMN a text;", context)
                        .locks())
                .isEmpty();
    }

    private static CatalogSnapshot catalog() {
        try (Session session = Session.open(DatabaseUrl.parse(TestClusters.freshDatabase(18), Map.of()), "facts")) {
            session.execute("""
                    CREATE TABLE customers (id bigint PRIMARY KEY, number serial);
                    CREATE VIEW names AS SELECT id FROM customers;
                    CREATE TABLE base (id bigint);
                    CREATE TABLE derived () INHERITS (base);
                    CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers,
                        code varchar(20), region text CONSTRAINT present CHECK (region IS NOT NULL AND region <> ''));
                    CREATE INDEX orders_code_idx ON orders (code);
                    INSERT INTO orders (id, region) SELECT n, 'eu' FROM generate_series(1, 500) n;
                    CREATE FUNCTION steady() RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT 1';
                    CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
                    ANALYZE;""");
            return CatalogReader.read(session, Set.of());
        }
    }

    private static List<String> transactions(String sql) {
        return Facts.of(script(sql), FactContext.plain(NEWEST, TransactionMode.AUTO)).stream()
                .map(facts -> facts.transaction() + (facts.inTransaction() ? "*" : ""))
                .toList();
    }

    private static StatementFacts only(String sql) {
        return facts(sql, FactContext.plain(NEWEST, TransactionMode.AUTO));
    }

    private static StatementFacts last(String sql) {
        return Facts.of(script(sql), FactContext.plain(NEWEST, TransactionMode.AUTO))
                .getLast();
    }

    private static StatementFacts facts(String sql, FactContext context) {
        List<StatementFacts> facts = Facts.of(script(sql), context);
        assertThat(facts).hasSize(1);
        return facts.getFirst();
    }

    private static ParsedScript script(String sql) {
        ParsedScript script = Scripts.parse(new SourceText("test.sql", sql));
        assertThat(script.problems()).isEmpty();
        return script;
    }
}
