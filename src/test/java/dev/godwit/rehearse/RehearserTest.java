package dev.godwit.rehearse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.evidence.Evidence;
import dev.godwit.evidence.Spread;
import dev.godwit.evidence.Verdict;
import dev.godwit.execute.Cancellation;
import dev.godwit.execute.RunEvent;
import dev.godwit.execute.RunListener;
import dev.godwit.execute.Runner;
import dev.godwit.execute.VersionBook;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.source.Migration;
import dev.godwit.source.Script;
import dev.godwit.source.SqlForm;
import dev.godwit.source.TransactionMode;
import dev.godwit.source.framework.PlainSql;
import dev.godwit.staging.TestClusters;
import dev.godwit.text.SourceText;
import dev.godwit.traffic.Load;
import dev.godwit.traffic.QueryWorkload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Rehearsals on a staging that was synthesized from a production of 20,000 rows.
class RehearserTest {
    private static final VersionBook VERSIONS =
            new VersionBook(QualifiedName.inPublic("schema_migrations"), new PlainSql());
    private static final Settings QUICK = Settings.DEFAULT
            .with(new Load(100, 4), Duration.ofSeconds(2))
            .withWarmUp(Duration.ofMillis(500))
            .withSettle(Duration.ofMillis(300));

    private static final Migration ADD_REGION =
            migration("ALTER TABLE orders ADD COLUMN region text;", "ALTER TABLE orders DROP COLUMN region;");

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

    /// The application goes on writing between up and down; its rows are not the migration's to take.
    @Test
    void failsADownThatLosesRowsWrittenSinceTheUp() {
        Evidence evidence = rehearse(
                "ALTER TABLE orders ADD COLUMN region text;",
                "ALTER TABLE orders DROP COLUMN region; DELETE FROM orders WHERE id >= 1900000000;");
        assertThat(evidence.staging().gaps()).isEmpty();
        assertThat(evidence.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(evidence.rollback().rowsPreserved()).isFalse();
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

    @Test
    void waitsForWhoeverHasHeldTheTableForLongCountAsWaited() {
        DatabaseUrl url = area.copy();
        try (Session reader = Session.open(url, "long reader")) {
            reader.begin();
            reader.execute("LOCK TABLE orders IN ACCESS SHARE MODE");
            Evidence evidence = rehearse(url, QUICK, ADD_REGION, event -> {
                if (event instanceof RunEvent.WaitingForQuiet quiet
                        && quiet.waited().toMillis() > 900
                        && reader.inTransaction()) {
                    reader.rollback();
                }
            });
            assertThat(evidence.verdict()).as(evidence.reasons().toString()).isEqualTo(Verdict.PASS);
            Evidence.Lock lock = evidence.statements().getFirst().locks().getFirst();
            assertThat(lock.relation()).isEqualTo("public.orders");
            assertThat(lock.waitedMs()).isBetween(900.0, 20_000.0);
        }
    }

    /// The reader's transaction is always younger than the stall budget: there is no reason to wait outside the queue.
    @Test
    void standsInTheQueueCountAsWaited() {
        DatabaseUrl url = area.copy();
        AtomicInteger missed = new AtomicInteger();
        try (Session reader = Session.open(url, "short reader")) {
            Evidence evidence = rehearse(url, QUICK, ADD_REGION, event -> {
                if (event instanceof RunEvent.LockMissed) {
                    missed.incrementAndGet();
                    reader.rollback();
                } else if (missed.get() == 0
                        && (event instanceof RunEvent.StepBegun || event instanceof RunEvent.WaitingForQuiet)) {
                    readAnew(reader);
                }
            });
            assertThat(missed).hasPositiveValue();
            assertThat(evidence.verdict()).as(evidence.reasons().toString()).isEqualTo(Verdict.PASS);
            assertThat(evidence.statements().getFirst().locks())
                    .extracting(Evidence.Lock::relation)
                    .containsExactly("public.orders");
            assertThat(evidence.statements().getFirst().locks().getFirst().waitedMs())
                    .isPositive();
        }
    }

    private static void readAnew(Session reader) {
        if (reader.inTransaction()) {
            reader.rollback();
        }
        reader.begin();
        reader.execute("LOCK TABLE orders IN ACCESS SHARE MODE");
    }

    @Test
    void nobodyInTheWayMeansNoWait() {
        Evidence evidence = rehearse(area.copy(), QUICK.with(new Users.None()), ADD_REGION, RunListener.NONE);
        assertThat(evidence.statements().getFirst().locks().getFirst().waitedMs())
                .isZero();
    }

    @Test
    void severalRunsGiveEachDurationASpread() {
        List<RunEvent> ups = new CopyOnWriteArrayList<>();
        Evidence evidence = rehearse(area.copy(), QUICK.withRuns(3), ADD_REGION, event -> {
            if (event instanceof RunEvent.StatementFinished finished
                    && finished.statement().sql().contains("ADD COLUMN")) {
                ups.add(event);
            }
        });
        assertThat(evidence.verdict()).as(evidence.reasons().toString()).isEqualTo(Verdict.PASS);
        assertThat(evidence.runs()).isEqualTo(3);
        assertThat(ups).hasSize(4);
        List<Double> underTraffic = ups.stream()
                .limit(3)
                .map(event -> ((RunEvent.StatementFinished) event).took().toNanos() / 1e6)
                .toList();
        assertThat(evidence.statements().getFirst().durationMs()).isEqualTo(Spread.of(underTraffic));
    }

    @Test
    void aDownThatGivesNotEverythingBackEndsTheRuns() {
        Migration migration = migration("UPDATE orders SET note = 'changed';", "SELECT 1;");
        Evidence evidence = rehearse(area.copy(), QUICK.withRuns(3), migration, RunListener.NONE);
        assertThat(evidence.runs()).isEqualTo(1);
        assertThat(evidence.rollback().rowsPreserved()).isFalse();
    }

    @Test
    void withoutTrafficNoStallIsMeasuredAndNothingPasses() {
        Evidence evidence = rehearse(area.copy(), QUICK.with(new Users.None()), ADD_REGION, RunListener.NONE);
        assertThat(evidence.traffic().source()).isEqualTo("none");
        assertThat(evidence.traffic().queries()).isZero();
        assertThat(evidence.rollback().proved()).isTrue();
        assertThat(evidence.reasons()).containsExactly("no traffic ran, so no stall was measured");
    }

    @Test
    void theApplicationsOwnQueriesAreTheTrafficAndLeaveTheRows() {
        QueryWorkload own = QueryWorkload.of(new SourceText("shop.sql", """
                -- godwit:weight 9
                SELECT count(*) FROM orders WHERE id = 1 + (random() * 20000)::int;
                INSERT INTO orders (customer_id, note) VALUES (1, 'what about ? and $1'); -- the end
                UPDATE orders SET note = 'x' WHERE id = 7
                """));
        Settings settings = QUICK.with(new Users.OfQueries("shop.sql", own));
        Evidence evidence = rehearse(area.copy(), settings, ADD_REGION, RunListener.NONE);
        assertThat(evidence.reasons()).isEmpty();
        assertThat(evidence.traffic().source()).isEqualTo("shop.sql");
        assertThat(evidence.traffic().failed()).isZero();
        assertThat(evidence.traffic().queries()).isPositive();
        assertThat(evidence.rollback().lost()).isEmpty();
    }

    @Test
    void aQueryOfTheApplicationThatTheMigrationBreaksFailsIt() {
        QueryWorkload own = QueryWorkload.of(new SourceText("shop.sql", "SELECT note FROM orders LIMIT 1"));
        Migration rename = migration(
                "ALTER TABLE orders RENAME COLUMN note TO remark;", "ALTER TABLE orders RENAME COLUMN remark TO note;");
        Settings settings = QUICK.with(new Users.OfQueries("shop.sql", own));
        Evidence evidence = rehearse(area.copy(), settings, rename, RunListener.NONE);
        assertThat(evidence.reasons()).anySatisfy(reason -> assertThat(reason).contains("42703"));
    }

    @Test
    void aQueryThatFailsBeforeTheMigrationStopsTheRehearsal() {
        QueryWorkload own = QueryWorkload.of(new SourceText("shop.sql", "SELECT 1;\nSELECT remark FROM orders"));
        Settings settings = QUICK.with(new Users.OfQueries("shop.sql", own));
        assertThatThrownBy(() -> rehearse(area.copy(), settings, ADD_REGION, RunListener.NONE))
                .isInstanceOfSatisfying(GodwitException.class, e -> {
                    assertThat(e.problem().kind()).isEqualTo(Problem.Kind.USAGE);
                    assertThat(e.problem().where()).contains("shop.sql:2", "42703");
                });
    }

    private static Evidence rehearse(String up, String down) {
        return rehearse(area.copy(), QUICK, migration(up, down), RunListener.NONE);
    }

    private static Evidence rehearse(DatabaseUrl url, Settings settings, Migration migration, RunListener listener) {
        Rehearser.Place place = new Rehearser.Place(
                url, VERSIONS, Runner.STEPS, settings, new Cancellation("godwit rehearse"), listener);
        return new Rehearser(place, "plain-sql", area.made(), Fingerprint.withoutGrants(production))
                .rehearse(SqlForm.of(migration))
                .evidence();
    }

    private static Migration migration(String up, String down) {
        return new Migration(
                "1",
                "change",
                script("1_change.up.sql", up),
                Optional.of(script("1_change.down.sql", down)),
                TransactionMode.AUTO);
    }

    private static Script script(String name, String sql) {
        return new Script(Path.of(name), new SourceText(name, sql));
    }
}
