package dev.godwit.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.CheckConstraint;
import dev.godwit.catalog.Column;
import dev.godwit.catalog.DataType;
import dev.godwit.catalog.Difference;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.catalog.ForeignKey;
import dev.godwit.catalog.Index;
import dev.godwit.catalog.Partition;
import dev.godwit.catalog.SchemaObject;
import dev.godwit.catalog.Table;
import dev.godwit.catalog.TableKind;
import dev.godwit.postgres.QualifiedName;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogReaderTest {
    private static final QualifiedName ORDERS = new QualifiedName("shop", "orders");

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18})
    void readsEveryKindOfObjectOnEveryMajor(int major) {
        try (Session session = TestSessions.fresh(major)) {
            session.execute(TestSessions.richSchema());
            CatalogSnapshot snapshot = read(session);
            assertThat(snapshot.version().major()).isEqualTo(major);
            assertThat(snapshot.objects())
                    .extracting(SchemaObject::kind)
                    .containsAll(EnumSet.allOf(SchemaObject.Kind.class));
            assertThat(snapshot.objects()).extracting(SchemaObject::definition).noneMatch(String::isBlank);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void dependsNeitherOnOidsNorOnDroppedThings(int major) {
        try (Session first = TestSessions.fresh(major);
                Session second = TestSessions.fresh(major)) {
            first.execute(TestSessions.richSchema());
            second.execute("CREATE TABLE noise (id serial PRIMARY KEY); DROP TABLE noise");
            second.execute(TestSessions.richSchema());
            second.execute("ALTER TABLE shop.orders ADD COLUMN gone integer");
            second.execute("ALTER TABLE shop.orders DROP COLUMN gone");
            assertThat(Fingerprint.differences(read(first), read(second))).isEmpty();
            assertThat(Fingerprint.of(read(first))).isEqualTo(Fingerprint.of(read(second)));
        }
    }

    @Test
    void dependsNeitherOnTheSettingsNorOnTheRightsOfTheReader() {
        try (Session session = TestSessions.fresh(18)) {
            session.execute(TestSessions.richSchema());
            String fingerprint = Fingerprint.of(read(session));
            session.execute("SET search_path = shop; SET TimeZone = 'Asia/Tokyo'; SET quote_all_identifiers = on");
            session.execute("SET IntervalStyle = iso_8601; SET bytea_output = escape");
            assertThat(Fingerprint.of(read(session))).isEqualTo(fingerprint);
            session.execute("SET ROLE pg_signal_backend");
            assertThat(Fingerprint.of(read(session))).isEqualTo(fingerprint);
        }
    }

    @Test
    void seesWhatItsOwnTransactionChangedAndLeavesItsSettings() {
        try (Session session = TestSessions.fresh(15)) {
            session.execute("SET search_path = public; SET TimeZone = 'Asia/Tokyo'");
            session.begin();
            session.execute("CREATE TABLE mine (id integer)");
            assertThat(read(session).table(QualifiedName.inPublic("mine"))).isPresent();
            assertThat(setting(session, "search_path")).isEqualTo("public");
            assertThat(setting(session, "TimeZone")).isEqualTo("Asia/Tokyo");
            session.rollback();
            assertThat(read(session).tables()).isEmpty();
            assertThat(setting(session, "search_path")).isEqualTo("public");
        }
    }

    @Test
    void leavesOutVersionTablesAndGodwitsOwnSchema() {
        try (Session session = TestSessions.fresh(15)) {
            String before = Fingerprint.of(read(session));
            session.execute("CREATE SCHEMA godwit; CREATE TABLE godwit.runs (id bigserial PRIMARY KEY)");
            session.execute("CREATE TABLE schema_migrations (id serial PRIMARY KEY, \"a?b\" text DEFAULT 'x' UNIQUE)");
            session.execute(
                    "COMMENT ON COLUMN schema_migrations.id IS 'x'; GRANT SELECT ON schema_migrations TO PUBLIC");
            CatalogSnapshot snapshot = CatalogReader.read(session, Set.of(QualifiedName.inPublic("schema_migrations")));
            assertThat(snapshot.tables()).isEmpty();
            assertThat(Fingerprint.of(snapshot)).isEqualTo(before);
            assertThat(Fingerprint.of(read(session))).isNotEqualTo(before);
        }
    }

    @Test
    void leavesOutWhatAnExtensionOwns() {
        try (Session session = TestSessions.fresh(15)) {
            session.execute("CREATE SCHEMA tools; CREATE EXTENSION pg_trgm WITH SCHEMA tools");
            assertThat(read(session).objects())
                    .extracting(SchemaObject::identity)
                    .contains("pg_trgm", "tools")
                    .noneMatch(identity -> identity.contains("similarity"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALTER TABLE shop.orders ADD COLUMN region text NOT NULL DEFAULT 'x'; ALTER TABLE shop.orders ALTER region DROP DEFAULT | table shop.orders changed: + region text NOT NULL
            ALTER TABLE shop.base ALTER label TYPE varchar(5)               | table shop.base changed: - label text; + label character varying(5)
            ALTER TABLE shop.orders ALTER room SET NOT NULL               | table shop.orders changed: - room integer; + room integer NOT NULL
            ALTER TABLE shop.orders ALTER kind SET DEFAULT 'new'          | default shop.orders.kind is extra
            ALTER TABLE shop.orders DROP CONSTRAINT later                 | check shop.orders.later is missing
            ALTER TABLE shop.orders VALIDATE CONSTRAINT later             | check shop.orders.later changed: - ALTER TABLE shop.orders ADD CONSTRAINT later CHECK ((room < 1000)) NOT VALID; + ALTER TABLE shop.orders ADD CONSTRAINT later CHECK ((room < 1000))
            DROP INDEX shop.one_open                                      | index shop.one_open is missing
            CREATE INDEX extra ON shop.orders (room)                      | index shop.extra is extra
            ALTER TABLE shop.customers ENABLE TRIGGER touched             | table setting shop.customers trigger touched is missing
            ALTER TABLE shop.orders NO FORCE ROW LEVEL SECURITY           | table setting shop.orders forced row security is missing
            COMMENT ON TABLE shop.customers IS NULL                       | comment table shop.customers is missing
            REVOKE SELECT ON shop.report FROM pg_monitor                  | grant TABLE shop.report to pg_monitor is missing
            ALTER TYPE shop.mood ADD VALUE 'glad'                         | type shop.mood changed: + 'glad'
            ALTER SEQUENCE shop.invoice_numbers NO CYCLE                  | sequence shop.invoice_numbers changed: - CREATE SEQUENCE shop.invoice_numbers AS integer INCREMENT BY 5 MINVALUE 10 MAXVALUE 1000000 START WITH 15 CACHE 3 CYCLE; + CREATE SEQUENCE shop.invoice_numbers AS integer INCREMENT BY 5 MINVALUE 10 MAXVALUE 1000000 START WITH 15 CACHE 3
            ALTER TABLE public.scratch SET (fillfactor = 50)              | table public.scratch changed: + WITH (fillfactor='50')
            ALTER TABLE public.scratch SET LOGGED                         | table public.scratch changed: - CREATE UNLOGGED TABLE public.scratch (; + CREATE TABLE public.scratch (
            ALTER TABLE shop.events DETACH PARTITION shop.events_rest     | partition shop.events_rest is missing
            ALTER PUBLICATION changes DROP TABLE shop.orders              | publication changes table shop.orders is missing
            """)
    void showsEachChangeAsOneDifference(String change, String expected) {
        try (Session session = TestSessions.fresh(15)) {
            session.execute(TestSessions.richSchema());
            CatalogSnapshot before = read(session);
            session.execute(change);
            assertThat(Fingerprint.differences(before, read(session)))
                    .extracting(Difference::describe)
                    .contains(expected)
                    .allMatch(line -> line.equals(expected) || change.contains("DETACH"));
        }
    }

    @Test
    void readsTablesAsRecords() {
        try (Session session = TestSessions.fresh(18)) {
            session.execute(TestSessions.richSchema());
            Table orders = read(session).table(ORDERS).orElseThrow();
            assertThat(orders.kind()).isEqualTo(TableKind.ORDINARY);
            assertThat(orders.primaryKey()).containsExactly("id");
            assertThat(orders.column("customer_id"))
                    .contains(new Column("customer_id", "bigint", true, Optional.empty(), false, false));
            assertThat(orders.column("id").orElseThrow().defaultExpression())
                    .contains("nextval('shop.orders_id_seq'::regclass)");
            assertThat(orders.foreignKeys())
                    .containsExactly(new ForeignKey(
                            "of_customer",
                            List.of("customer_id"),
                            new QualifiedName("shop", "customers"),
                            List.of("id"),
                            true));
            assertThat(orders.indexes())
                    .contains(new Index(
                            "one_open",
                            List.of("customer_id"),
                            true,
                            true,
                            "CREATE UNIQUE INDEX one_open ON shop.orders USING btree (customer_id)"
                                    + " WHERE (kind = 'new'::bpchar)",
                            Optional.of("(kind = 'new'::bpchar)")));
            assertThat(orders.checks())
                    .contains(new CheckConstraint("later", "CHECK ((room < 1000)) NOT VALID", false));
        }
    }

    @Test
    void readsWhereAPartitionHangsAndSumsUpItsRows() {
        try (Session session = TestSessions.fresh(13)) {
            session.execute(TestSessions.richSchema());
            session.execute("INSERT INTO shop.events SELECT i, '2026-02-02' FROM generate_series(1, 500) i");
            session.execute("INSERT INTO shop.events SELECT i, '2029-02-02' FROM generate_series(1, 70) i");
            session.execute("ANALYZE");
            CatalogSnapshot snapshot = read(session);
            QualifiedName events = new QualifiedName("shop", "events");
            Table year =
                    snapshot.table(new QualifiedName("shop", "events_2026")).orElseThrow();
            assertThat(snapshot.table(events).orElseThrow().estimatedRows()).isEqualTo(570);
            assertThat(snapshot.table(events).orElseThrow().partitionKey()).contains("RANGE (happened)");
            assertThat(year.kind()).isEqualTo(TableKind.PARTITION);
            assertThat(year.estimatedRows()).isEqualTo(500);
            assertThat(year.partitionOf())
                    .contains(new Partition(events, "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')"));
        }
    }

    @Test
    void readsTypesAsFarAsValuesNeedThem() {
        try (Session session = TestSessions.fresh(15)) {
            session.execute(TestSessions.richSchema());
            assertThat(read(session).types())
                    .contains(
                            new DataType.EnumType("shop.mood", List.of("sad", "it's fine", "ünder", "back\\slash")),
                            new DataType.DomainType(
                                    "shop.positive", "numeric(12,2)", true, List.of("CHECK ((VALUE > (0)::numeric))")),
                            new DataType.CompositeType("shop.address", List.of("text", "character varying(20)")));
        }
    }

    @Test
    void namesANotNullConstraintThatHasAnOwnNameOnEighteen() {
        try (Session session = TestSessions.fresh(18)) {
            session.execute("CREATE TABLE t (a integer CONSTRAINT must NOT NULL, b integer NOT NULL, c integer)");
            session.execute("ALTER TABLE t ADD CONSTRAINT later NOT NULL c NOT VALID");
            CatalogSnapshot snapshot = read(session);
            assertThat(snapshot.objects())
                    .extracting(SchemaObject::definition)
                    .contains(
                            "CREATE TABLE public.t (\n    a integer CONSTRAINT must NOT NULL,\n    b integer NOT NULL,\n"
                                    + "    c integer\n)",
                            "ALTER TABLE public.t ADD CONSTRAINT later NOT NULL c NOT VALID");
            assertThat(snapshot.tables().getFirst().columns())
                    .extracting(Column::notNull)
                    .containsExactly(true, true, false);
        }
    }

    @Test
    void marksAnInvalidIndex() {
        try (Session session = TestSessions.fresh(15)) {
            session.execute("CREATE TABLE t (a integer); INSERT INTO t VALUES (1), (1)");
            assertThat(catchThrowable(() -> session.execute("CREATE UNIQUE INDEX CONCURRENTLY twice ON t (a)")))
                    .hasMessageContaining("could not create unique index");
            CatalogSnapshot snapshot = read(session);
            assertThat(snapshot.tables().getFirst().indexes().getFirst().valid())
                    .isFalse();
            assertThat(snapshot.objects())
                    .extracting(SchemaObject::definition)
                    .anyMatch(definition -> definition.endsWith("-- invalid"));
        }
    }

    @Test
    void readsThousandsOfTablesInSeconds() {
        try (Session session = TestSessions.fresh(15)) {
            session.execute("""
                    DO $$ BEGIN FOR i IN 1..3000 LOOP
                        EXECUTE format('CREATE TABLE t%s (id bigint PRIMARY KEY, a text NOT NULL DEFAULT ''x'', b integer CHECK (b > 0))', i);
                        IF i % 1000 = 0 THEN COMMIT; END IF;
                    END LOOP; END $$
                    """);
            long started = System.nanoTime();
            CatalogSnapshot snapshot = read(session);
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            assertThat(snapshot.tables()).hasSize(3000);
            assertThat(took).isLessThan(Duration.ofSeconds(8));
        }
    }

    private static CatalogSnapshot read(Session session) {
        return CatalogReader.read(session, Set.of());
    }

    private static String setting(Session session, String name) {
        return session.queryOne("SELECT current_setting(?) AS value", row -> row.text("value"), name)
                .orElseThrow();
    }
}
