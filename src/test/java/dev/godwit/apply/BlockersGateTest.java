package dev.godwit.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.staging.EmbeddedPostgres;
import dev.godwit.staging.TestClusters;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is in the way, on real servers whose clients are.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BlockersGateTest {
    private static final String ALTER = "ALTER TABLE t ADD COLUMN b int";
    private static final String INDEX = "CREATE INDEX CONCURRENTLY i ON t (a)";
    private static final String BACKFILL = "-- godwit:backfill batch=10\nUPDATE t SET a = 1 WHERE a IS NULL";

    /// Every transaction is old at once.
    private static final Limits NONE_MAY = Limits.DEFAULT.withBlockerAge(Duration.ZERO);

    private EmbeddedPostgres cluster = TestClusters.shared(18);
    private String url = "";
    private GateScene scene = new GateScene(TestClusters.freshDatabase(18), NONE_MAY);

    @BeforeAll
    void start() {
        cluster = EmbeddedPostgres.start(new EmbeddedPostgres.Request(
                18,
                Map.of(
                        "max_prepared_transactions", "10",
                        "autovacuum_freeze_max_age", "100000",
                        "autovacuum_naptime", "1")));
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @BeforeEach
    void makeTable() {
        scene.close();
        url = TestClusters.freshDatabase(18);
        scene = new GateScene(url, NONE_MAY);
        prepare(scene);
    }

    private static void prepare(GateScene where) {
        where.session.execute("CREATE TABLE t (id int PRIMARY KEY, a int); CREATE TABLE u (id int PRIMARY KEY);"
                + "INSERT INTO t SELECT n, n FROM generate_series(1, 100) n");
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private static void assertClosed(Gate gate, String... words) {
        assertThat(gate.open()).as(gate.toString()).isFalse();
        assertThat(gate.reason() + "\n" + gate.remedy()).contains(words);
    }

    private void assertOpen(String sql) {
        Gate gate = scene.ask(new BlockersGate(), sql);
        assertThat(gate.open()).as(sql + ": " + gate).isTrue();
    }

    @Test
    void whoHoldsATableIsNamedByAllButWhatTheirQuerySays() {
        try (Session reader = scene.open("re\u00fdder; the boss")) {
            reader.begin();
            reader.query("/* secret */ SELECT 'Jane Roe' AS s, a FROM t WHERE id = 47119", row -> row.text("s"));

            Gate gate = scene.ask(new BlockersGate(), ALTER);

            assertClosed(
                    gate,
                    "pid " + reader.backendPid() + " (re",
                    "the boss, idle in transaction, last SELECT, ",
                    "holds ACCESS SHARE on public.t",
                    "pg_terminate_backend(" + reader.backendPid() + ")");
            assertThat(gate.reason() + gate.remedy()).doesNotContain("Jane", "secret", "47119");
            assertOpen("ALTER TABLE u ADD COLUMN b int");
            assertOpen("CREATE TABLE new_one (id int)");
            assertOpen("UPDATE t SET a = 1 WHERE id = 1");
            reader.rollback();
            assertOpen(ALTER);
        }
    }

    @Test
    void theYoungAreNotInTheWay() {
        try (Session reader = scene.open("reader");
                GateScene patient = new GateScene(url, Limits.DEFAULT)) {
            reader.begin();
            reader.execute("SELECT FROM t");
            assertThat(patient.ask(new BlockersGate(), ALTER))
                    .returns(true, Gate::open)
                    .satisfies(gate -> assertThat(gate.reason()).contains("for 5 min"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void concurrentlyWaitsForSnapshotsOfTheDatabaseAndNotForThoseWhoHaveNone(int major) {
        String own = TestClusters.freshDatabase(major);
        try (GateScene here = new GateScene(own, NONE_MAY);
                GateScene elsewhere = new GateScene(TestClusters.freshDatabase(major), NONE_MAY);
                Session reader = here.open("reader")) {
            prepare(here);
            reader.begin();
            reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT FROM u");

            assertClosed(here.ask(new BlockersGate(), INDEX), "reader", "snapshot that CONCURRENTLY waits for");
            assertThat(here.ask(new BlockersGate(), ALTER).open()).isTrue();
            prepare(elsewhere);
            assertThat(elsewhere.ask(new BlockersGate(), INDEX).open()).isTrue();

            reader.rollback();
            reader.begin();
            reader.execute("SELECT FROM t");
            assertThat(here.ask(new BlockersGate(), INDEX).open())
                    .as("idle at READ COMMITTED")
                    .isTrue();
            assertClosed(
                    here.ask(new BlockersGate(), "DROP INDEX CONCURRENTLY i; " + ALTER), "ACCESS SHARE on public.t");
        }
    }

    @Test
    void whoeverKeepsRowsFromVacuumIsInABackfillsWay() {
        try (Session writer = scene.open("writer")) {
            writer.begin();
            writer.execute("INSERT INTO u VALUES (1)");
            assertClosed(scene.ask(new BlockersGate(), BACKFILL), "writer", "last INSERT", "keeps VACUUM from freeing");
            assertOpen("UPDATE t SET a = 1 WHERE a IS NULL");
        }
    }

    @Test
    void aPreparedTransactionIsNamedAndItsNameIsNoEscape() {
        try (GateScene here = new GateScene(cluster.url("postgres"), NONE_MAY)) {
            prepare(here);
            here.session.execute("BEGIN; INSERT INTO t VALUES (0); PREPARE TRANSACTION 'it''s \u001b[2J\nme'");

            Gate gate = here.ask(new BlockersGate(), ALTER);

            assertClosed(
                    gate,
                    "prepared transaction \"it's ?[2J?me\", ",
                    "ROW EXCLUSIVE on public.t",
                    "ROLLBACK PREPARED 'it''s ?");
            assertClosed(here.ask(new BlockersGate(), BACKFILL), "keeps VACUUM");
            here.session.execute("SELECT pg_create_physical_replication_slot('gone_standby', true)");
            assertThat(here.ask(new BlockersGate(), BACKFILL).reason())
                    .as("it holds WAL back, not rows")
                    .doesNotContain("gone_standby");
            here.session.execute("ROLLBACK PREPARED E'it\\'s \\x1b[2J\\nme'");
            here.session.execute("DROP TABLE t, u");
            here.session.execute("SELECT pg_drop_replication_slot('gone_standby')");
        }
    }

    @Test
    void aVacuumAgainstWraparoundIsInTheWayHoweverYoung() {
        try (GateScene here = new GateScene(cluster.url("postgres"), Limits.DEFAULT)) {
            here.session.execute(
                    "CREATE TABLE w (a int, filler text) WITH (fillfactor = 10, autovacuum_vacuum_cost_delay = 100,"
                            + " autovacuum_vacuum_cost_limit = 1);"
                            + "INSERT INTO w SELECT n, repeat('x', 700) FROM generate_series(1, 3000) n");
            here.session.execute("CREATE PROCEDURE burn() LANGUAGE plpgsql AS $$ BEGIN FOR i IN 1..130000 LOOP"
                    + " PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$");
            here.session.execute("SET synchronous_commit = off");
            here.session.execute("CALL burn()");

            Gate gate = here.ask(new BlockersGate(), "ALTER TABLE w ADD COLUMN b int");
            Instant deadline = Instant.now().plusSeconds(20);
            while (gate.open() && Instant.now().isBefore(deadline)) {
                gate = here.ask(new BlockersGate(), "ALTER TABLE w ADD COLUMN b int");
            }

            assertClosed(gate, "autovacuum against wraparound", "SHARE UPDATE EXCLUSIVE on public.w", "begins anew");
            assertThat(here.ask(new BlockersGate(), "CREATE TABLE new_one (id int)")
                            .open())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "13, CREATE INDEX CONCURRENTLY i ON u (id), has a snapshot",
        "18, ALTER TABLE t ADD COLUMN b int, holds ACCESS SHARE"
    })
    void whatALoginMayNotSeeCountsWhenItStaysAndTheRightIsNamed(int major, String sql, String does) {
        String theirs = TestClusters.freshDatabase(major);
        String role = "Plain\"" + theirs.replaceAll(".*/", "");
        TestClusters.execute(
                theirs,
                "SET password_encryption = 'scram-sha-256'; CREATE ROLE \"" + role.replace("\"", "\"\"")
                        + "\" LOGIN PASSWORD 'hush'");
        String plain = theirs.replace(URI.create(theirs).getRawUserInfo(), role.replace("\"", "%22") + ":hush");
        try (GateScene owner = new GateScene(theirs, Limits.DEFAULT);
                Session reader = Session.open(DatabaseUrl.parse(theirs, Map.of()), "reader")) {
            prepare(owner);
            try (GateScene here = new GateScene(plain, Limits.DEFAULT)) {
                assertThat(here.ask(new BlockersGate(), sql).open()).isTrue();
                reader.begin();
                reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT FROM t");

                assertClosed(
                        here.ask(new BlockersGate(), sql),
                        "pid " + reader.backendPid() + " (reader, the rest is hidden from this login) " + does,
                        "GRANT pg_read_all_stats TO \"" + role.replace("\"", "\"\"") + "\"");
                assertThat(owner.ask(new BlockersGate(), sql).open()).isTrue();
                reader.rollback();
                assertThat(here.ask(new BlockersGate(), sql).open()).isTrue();
            }
        }
    }

    @Test
    void aQueryIsShownByItsFirstWordOnly() {
        assertThat(QueryKind.of("  -- Jane\n/* Roe */ (select 1")).isEqualTo("SELECT");
        assertThat(QueryKind.of("Jane Roe")).isEmpty();
        assertThat(QueryKind.of("/* cut in the mid")).isEmpty();
        assertThat(QueryKind.of("")).isEmpty();
        assertThat(QueryKind.of("selectively")).isEmpty();
        assertThat(QueryKind.of("/*".repeat(100_000))).isEmpty();
    }
}
