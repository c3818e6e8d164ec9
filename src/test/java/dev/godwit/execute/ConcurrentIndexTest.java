package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.postgres.SqlState;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcurrentIndexTest {
    private static final Work BUILD = TestWork.unwrapped(
            "1", "CREATE INDEX CONCURRENTLY by_total ON orders (total DESC, lower(name)) WHERE total > 1");

    private final TestDatabase database = new TestDatabase(18);

    @BeforeEach
    void createOrders() {
        createOrders(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static void createOrders(TestDatabase target) {
        target.session.execute("CREATE TABLE orders (gone int, id bigint PRIMARY KEY, total int, name text);"
                + "ALTER TABLE orders DROP COLUMN gone;"
                + "INSERT INTO orders SELECT n, n % 100, 'n' || n FROM generate_series(1, 5000) n");
    }

    /// As a lock timeout or a cancel leaves it: the build waits for an old snapshot and is killed there.
    private static void leaveInvalid(TestDatabase target, String sql) throws Exception {
        try (Session old = target.open("old snapshot");
                Session builder = target.open("builder")) {
            old.begin();
            old.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM orders");
            CompletableFuture<Void> build = CompletableFuture.runAsync(() -> builder.execute(sql));
            Await.until(() -> target.number("SELECT count(*) FROM pg_stat_progress_create_index WHERE datname ="
                            + " current_database() AND phase LIKE 'waiting%'")
                    == 1);
            builder.cancel();
            assertThatThrownBy(() -> build.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(DatabaseException.class);
        }
        assertThat(target.number("SELECT count(*) FROM pg_index WHERE NOT indisvalid"))
                .isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void aLeftoverOfTheSameDefinitionIsDroppedAndBuiltAgain(int major) throws Exception {
        try (TestDatabase target = new TestDatabase(major)) {
            createOrders(target);
            leaveInvalid(
                    target,
                    "CREATE INDEX CONCURRENTLY by_total ON public.orders USING btree (total DESC, lower(name)) WHERE"
                            + " (total > 1)");

            target.run(BUILD);

            assertThat(target.events(RunEvent.LeftoverDropped.class)).hasSize(1);
            assertThat(target.flag("SELECT indisvalid FROM pg_index WHERE indexrelid = 'by_total'::regclass"))
                    .isTrue();
        }
    }

    @Test
    void aLeftoverOfAnotherDefinitionIsNotTouched() throws Exception {
        leaveInvalid(database, "CREATE INDEX CONCURRENTLY by_total ON orders (total)");

        assertThatThrownBy(() -> database.run(BUILD)).isInstanceOfSatisfying(GodwitException.class, e -> {
            assertThat(e.problem().kind()).isEqualTo(Problem.Kind.REFUSED);
            assertThat(e.problem().remedy()).contains("DROP INDEX CONCURRENTLY \"public\".\"by_total\"");
        });

        assertThat(database.number("SELECT count(*) FROM pg_index WHERE NOT indisvalid"))
                .isOne();
    }

    @Test
    void aValidIndexOfTheSameDefinitionIsTakenAsDone() {
        database.session.execute("CREATE INDEX by_total ON orders (total DESC, lower(name)) WHERE total > 1");
        long before = database.number("SELECT 'by_total'::regclass::oid::bigint");

        database.run(BUILD);

        assertThat(database.events(RunEvent.FoundDone.class)).hasSize(1);
        assertThat(database.number("SELECT 'by_total'::regclass::oid::bigint")).isEqualTo(before);
    }

    @Test
    void ifNotExistsDoesNotPassOverAnotherIndexOfThatName() {
        database.session.execute("CREATE INDEX by_total ON orders (name)");
        Work lenient = TestWork.unwrapped("1", "CREATE INDEX CONCURRENTLY IF NOT EXISTS by_total ON orders (total)");

        assertThatThrownBy(() -> database.run(lenient)).hasMessageContaining("another index is called by_total");
    }

    @Test
    void aBuildThatFailsOnTheRowsLeavesNoInvalidIndex() {
        Work unique = TestWork.unwrapped("1", "CREATE UNIQUE INDEX CONCURRENTLY one_total ON orders (total)");

        assertThatThrownBy(() -> database.run(unique)).isInstanceOfSatisfying(GodwitException.class, e -> {
            assertThat(e.problem().where()).contains("23505");
            assertThat(e.problem().what()).doesNotContain("(total)=");
        });

        assertThat(database.number("SELECT count(*) FROM pg_class WHERE relname = 'one_total'"))
                .isZero();
    }

    @Test
    void aBuildWithoutANameIsNotMadeTwiceAfterAnAttemptThatWasCutOff() {
        Work unnamed = TestWork.unwrapped("1", "CREATE INDEX CONCURRENTLY ON orders (total)");
        database.session.execute("CREATE INDEX ON orders (total)");
        cutOff(unnamed);

        database.run(unnamed);

        assertThat(database.number("SELECT count(*) FROM pg_index WHERE indrelid = 'orders'::regclass"))
                .isEqualTo(2);
    }

    @Test
    void noTimeoutOfTheRoleAppliesToABuild() throws Exception {
        Work work = TestWork.unwrapped(
                "1",
                "BEGIN; SET lock_timeout = '10ms'; SET statement_timeout = '50ms'; COMMIT;\nCREATE INDEX CONCURRENTLY by_total ON orders (total)");
        try (Session old = database.open("old snapshot")) {
            old.begin();
            old.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM orders");
            CompletableFuture<Void> applied = CompletableFuture.runAsync(() -> database.run(work));
            Await.until(() -> !database.events(RunEvent.Progress.class).isEmpty());

            old.rollback();

            applied.get(20, TimeUnit.SECONDS);
        }
        assertThat(database.events(RunEvent.Progress.class).getFirst().sentence())
                .contains("waiting for", "app old snapshot");
    }

    @Test
    void hostileNamesAreOnlyNames() {
        database.session.execute("CREATE TABLE \"o\"\" ON x; --\" (id bigint PRIMARY KEY, \"se'lect\" int)");
        Work work = TestWork.unwrapped(
                "1", "CREATE INDEX CONCURRENTLY \"i\"\" USING hash; --\" ON \"o\"\" ON x; --\" (\"se'lect\")");
        database.session.execute("CREATE INDEX \"i\"\" USING hash; --\" ON \"o\"\" ON x; --\" (\"se'lect\")");

        database.run(work);

        assertThat(database.events(RunEvent.FoundDone.class)).hasSize(1);
    }

    @Test
    void aDropThatWasCutOffAfterItsEffectIsDone() {
        Work work = TestWork.unwrapped("1", "DROP INDEX CONCURRENTLY by_total");
        cutOff(work);

        database.run(work);

        assertThat(database.events(RunEvent.FoundDone.class)).hasSize(1);
    }

    @Test
    void aDetachThatWasCutOffIsFinalized() throws Exception {
        database.session.execute(
                "CREATE TABLE p (id int) PARTITION BY LIST (id);" + "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)");
        String detach = "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY";
        try (Session old = database.open("old snapshot");
                Session detaching = database.open("detaching")) {
            old.begin();
            old.execute("SELECT count(*) FROM p");
            CompletableFuture<Void> cut = CompletableFuture.runAsync(() -> detaching.execute(detach));
            Await.until(() -> database.flag("SELECT coalesce(bool_or(inhdetachpending), false) FROM pg_inherits"));
            detaching.cancel();
            assertThatThrownBy(() -> cut.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(DatabaseException.class);
        }

        database.run(TestWork.unwrapped("1", detach));

        assertThat(database.number("SELECT count(*) FROM pg_inherits")).isZero();
    }

    @Test
    void whatNobodyCanReadFromTheCatalogIsLeftToAPersonWithTheSqlToRecordIt() {
        Work work = TestWork.unwrapped("1", "CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p");
        cutOff(work);

        assertThatThrownBy(() -> database.run(work)).isInstanceOfSatisfying(GodwitException.class, e -> {
            assertThat(e.problem().what()).contains("not known");
            String remedy = e.problem().remedy();
            database.session.execute(
                    remedy.substring(remedy.indexOf("INSERT"), remedy.indexOf(";", remedy.indexOf("INSERT")) + 1));
        });
        database.run(work);

        assertThat(database.texts("SELECT version FROM schema_migrations")).containsExactly("1");
    }

    @Test
    void aDeadlockIsTriedAgain() throws Exception {
        try (Session other = database.open("other")) {
            other.begin();
            other.execute("SET LOCAL deadlock_timeout = '10min'; INSERT INTO orders VALUES (0)");
            CompletableFuture<Void> applied = CompletableFuture.runAsync(() -> database.run(BUILD));
            Await.until(() -> database.number("SELECT count(*) FROM pg_locks WHERE NOT granted") == 1);
            other.execute("LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE");
            other.commit();
            applied.get(30, TimeUnit.SECONDS);
        }

        assertThat(database.events(RunEvent.LockMissed.class))
                .extracting(RunEvent.LockMissed::sqlState)
                .containsOnly(SqlState.DEADLOCK_DETECTED);
        assertThat(database.flag("SELECT indisvalid FROM pg_index WHERE indexrelid = 'by_total'::regclass"))
                .isTrue();
    }

    /// The journal as an attempt leaves it that died while the statement ran.
    private void cutOff(Work work) {
        Ledger.prepare(database.session);
        Ledger ledger = new Ledger("died");
        LedgerRun run = ledger.begin(database.session, work);
        ledger.started(database.session, run, 0, StatementHash.of(work.steps().getFirst()));
        database.session.execute("UPDATE godwit.step SET backend_pid = 0");
    }
}
