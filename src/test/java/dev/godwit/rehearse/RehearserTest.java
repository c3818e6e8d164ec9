package dev.godwit.rehearse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.evidence.Evidence;
import dev.godwit.evidence.Verdict;
import dev.godwit.execute.Cancellation;
import dev.godwit.execute.RunListener;
import dev.godwit.execute.VersionBook;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.source.Migration;
import dev.godwit.source.Script;
import dev.godwit.source.TransactionMode;
import dev.godwit.source.framework.PlainSql;
import dev.godwit.staging.TestClusters;
import dev.godwit.text.SourceText;
import dev.godwit.traffic.Load;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Rehearsals on a staging that was synthesized from a production of 20,000 rows.
class RehearserTest {
    private static final VersionBook VERSIONS =
            new VersionBook(QualifiedName.inPublic("schema_migrations"), new PlainSql());
    private static final Settings QUICK =
            new Settings(new Load(100, 4), Duration.ofMillis(500), Duration.ofMillis(300), Duration.ofSeconds(2));

    @SuppressWarnings("NullAway.Init")
    private static CatalogSnapshot production;

    @SuppressWarnings("NullAway.Init")
    private static StagingArea area;

    @BeforeAll
    static void build() {
        DatabaseUrl url = DatabaseUrl.parse(TestClusters.freshDatabase(18), Map.of());
        try (Session session = Session.open(url, "test")) {
            session.execute("""
                    CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
                    CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                      customer_id bigint NOT NULL REFERENCES customers, note text);
                    INSERT INTO customers (name) SELECT 'c' || i FROM generate_series(1, 2000) i;
                    INSERT INTO orders (customer_id) SELECT 1 + i % 2000 FROM generate_series(1, 20000) i;
                    ANALYZE""");
            production = CatalogReader.read(session, Set.of());
        }
        area = StagingArea.build(production, 1.0, Set.of(VERSIONS.table()), (_, _) -> {});
    }

    @AfterAll
    static void close() {
        area.close();
    }

    @Test
    void stagingIsProductionsSchemaAndRowCounts() {
        assertThat(area.made().gaps()).isEmpty();
        assertThat(area.made().rows()).isEqualTo(22_000);
        assertThat(area.made().fidelity()).isEqualTo(1.0);
    }

    @Test
    void passesWhatIsSafeAndSaysWhatItSaw() {
        Evidence evidence =
                rehearse("ALTER TABLE orders ADD COLUMN region text;", "ALTER TABLE orders DROP COLUMN region;");
        assertThat(evidence.reasons()).isEmpty();
        assertThat(evidence.verdict()).isEqualTo(Verdict.PASS);
        assertThat(evidence.schemaBefore()).isEqualTo(Fingerprint.withoutGrants(production));
        assertThat(evidence.schemaAfter()).isNotEqualTo(evidence.schemaBefore());
        assertThat(evidence.rollback().proved()).isTrue();
        assertThat(evidence.traffic().queries()).isPositive();
        assertThat(evidence.statements()).hasSize(1);
        assertThat(evidence.statements().getFirst().locks())
                .extracting(Evidence.Lock::relation, Evidence.Lock::mode)
                .containsExactly(tuple("public.orders", "ACCESS EXCLUSIVE"));
    }

    @Test
    void seesARewrite() {
        Evidence evidence = rehearse(
                "ALTER TABLE orders ALTER COLUMN note TYPE varchar(40);",
                "ALTER TABLE orders ALTER COLUMN note TYPE text;");
        assertThat(evidence.statements().getFirst().rewrites()).containsExactly("public.orders");
    }

    @Test
    void failsADownThatLosesValues() {
        Evidence evidence = rehearse("UPDATE orders SET note = 'changed';", "SELECT 1;");
        assertThat(evidence.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(evidence.rollback().rowsPreserved()).isFalse();
        assertThat(evidence.rollback().lost()).containsExactly("public.orders: values are not what they were");
    }

    @Test
    void takesAnAuthorsWordThatThereIsNothingToUndo() {
        Evidence evidence = rehearse(
                "UPDATE orders SET note = 'changed' WHERE note IS NULL;",
                "-- godwit:no-op the notes are meant to stay");
        assertThat(evidence.rollback().lost()).isEmpty();
        assertThat(evidence.rollback().proved()).isTrue();
    }

    @Test
    void failsADownThatLeavesTheSchemaChanged() {
        Evidence evidence = rehearse("CREATE TABLE extra (id int);", "SELECT 1;");
        assertThat(evidence.rollback().schemaRestored()).isFalse();
        assertThat(evidence.rollback().reapplied()).isFalse();
    }

    @Test
    void failsWhenTodaysApplicationCannotInsertAnyMore() {
        Evidence evidence = rehearse(
                "ALTER TABLE customers ADD COLUMN region text; UPDATE customers SET region = 'x';"
                        + " ALTER TABLE customers ALTER COLUMN region SET NOT NULL;",
                "ALTER TABLE customers DROP COLUMN region;");
        assertThat(evidence.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(evidence.reasons()).anySatisfy(reason -> assertThat(reason).contains("23502"));
    }

    @Test
    void tellsAFailureOnStagingAsEvidence() {
        Evidence evidence = rehearse("ALTER TABLE orders ADD COLUMN id text;", "SELECT 1;");
        assertThat(evidence.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(evidence.reasons()).singleElement().asString().contains("it failed on staging", "42701");
    }

    private static Evidence rehearse(String up, String down) {
        Migration migration = new Migration(
                "1",
                "change",
                script("1_change.up.sql", up),
                Optional.of(script("1_change.down.sql", down)),
                TransactionMode.AUTO);
        Rehearser.Place place = new Rehearser.Place(
                area.copy(), VERSIONS, QUICK, new Cancellation("godwit rehearse"), RunListener.NONE);
        return new Rehearser(place, "plain-sql", area.made(), Fingerprint.withoutGrants(production))
                .rehearse(migration)
                .evidence();
    }

    private static Script script(String name, String sql) {
        return new Script(Path.of(name), new SourceText(name, sql));
    }
}
