package dev.godwit.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.source.TransactionMode;
import dev.godwit.staging.TestClusters;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A derived down is right when the server, after up and down, has the schema that it had before.
class InverseTest {
    private static final String SETUP = """
            CREATE TABLE orders (id bigint PRIMARY KEY, status text, customer_id bigint);
            CREATE TABLE "odd ""name" (id bigint PRIMARY KEY);
            CREATE TABLE parent (id bigint);
            CREATE TABLE part (id bigint);
            CREATE TABLE parted (id bigint) PARTITION BY RANGE (id);
            CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
            """;

    private static ParsedScript parse(String sql) {
        return Scripts.parse(new SourceText("up.sql", sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE a (id bigint PRIMARY KEY); CREATE INDEX ON a (id); INSERT INTO a VALUES (1);"
                        + " ALTER TABLE a ALTER id TYPE int",
                "CREATE INDEX orders_status ON orders (status)",
                "CREATE INDEX CONCURRENTLY orders_status ON orders (status)",
                "ALTER TABLE orders ADD region text, ADD CONSTRAINT region_known CHECK (region <> '');"
                        + " UPDATE orders SET region = 'eu'; ALTER TABLE orders ALTER region SET NOT NULL",
                "ALTER TABLE orders RENAME status TO state; ALTER TABLE orders RENAME TO purchases",
                "ALTER TABLE \"odd \"\"name\" ADD \"x\"\"; drop\" int",
                "CREATE VIEW v AS SELECT 1; CREATE TYPE mood AS ENUM ('a'); CREATE DOMAIN d AS int; CREATE SEQUENCE s",
                "CREATE SCHEMA crm; CREATE TABLE crm.customer (id int)",
                "CREATE TRIGGER stamped BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION stamp()",
                "ALTER TABLE part INHERIT parent",
                "ALTER TABLE parted ATTACH PARTITION part FOR VALUES FROM (1) TO (2)",
            })
    void upAndDownGiveBackTheSchema(String up) {
        DatabaseUrl url = DatabaseUrl.parse(TestClusters.freshDatabase(18), Map.of());
        try (Session session = Session.open(url, "test")) {
            session.execute(SETUP);
            CatalogSnapshot before = CatalogReader.read(session, Set.of());
            Inverse inverse = Inverse.of(parse(up));
            parse(up).statements().forEach(statement -> session.execute(statement.sql()));
            assertThat(Fingerprint.differences(before, CatalogReader.read(session, Set.of())))
                    .isNotEmpty();
            parse(inverse.sql().orElseThrow()).statements().forEach(statement -> session.execute(statement.sql()));
            assertThat(Fingerprint.differences(before, CatalogReader.read(session, Set.of())))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE orders",
                "ALTER TABLE orders DROP COLUMN status",
                "ALTER TABLE orders ALTER id TYPE int",
                "UPDATE orders SET status = 'x'",
                "CREATE TABLE IF NOT EXISTS orders (id int)",
                "CREATE INDEX ON orders (status)",
                "CREATE OR REPLACE VIEW v AS SELECT 1",
                "ALTER TABLE orders ADD CHECK (id > 0)",
            })
    void whatTheTextDoesNotTellIsLeftToTheAuthor(String up) {
        Inverse inverse = Inverse.of(parse(up));
        assertThat(inverse.sql()).isEmpty();
        assertThat(inverse.unknown()).containsExactly(up);
    }

    @Test
    void oneUnknownPartMakesNoHalfDown() {
        assertThat(Inverse.of(parse("CREATE TABLE a (id int); DROP TABLE orders"))
                        .sql())
                .isEmpty();
    }

    @Test
    void whatRefusesATransactionStandsAlone() {
        List<Parts.Part> parts = Parts.of(parse("""
                CREATE TABLE a (id int);
                -- for the lookup
                CREATE INDEX CONCURRENTLY i ON orders (status);
                CREATE TABLE b (id int);
                """));
        assertThat(parts)
                .containsExactly(
                        new Parts.Part("CREATE TABLE a (id int);\n", TransactionMode.AUTO),
                        new Parts.Part(
                                "-- for the lookup\nCREATE INDEX CONCURRENTLY i ON orders (status);\n",
                                TransactionMode.NEVER),
                        new Parts.Part("CREATE TABLE b (id int);\n", TransactionMode.AUTO));
    }

    @Test
    void whatNeedsNoCutIsOnePart() {
        assertThat(Parts.of(parse("CREATE TABLE a (id int);\n-- the end\n"))).hasSize(1);
        assertThat(Parts.of(parse("CREATE INDEX CONCURRENTLY i ON orders (status);\n-- the end; really\n")))
                .hasSize(1);
    }
}
