package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Queries;
import dev.godwit.evidence.Journal;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.statement.ParsedStatement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepRunnerTest {
    private final TestDatabase database = new TestDatabase(18);

    @AfterEach
    void close() {
        database.close();
    }

    private static void createOrders(TestDatabase target) {
        target.session.execute("CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL);"
                + "INSERT INTO orders SELECT n, n % 100 FROM generate_series(1, 20000) n; ANALYZE orders");
    }

    private static Work allKinds() {
        return TestWork.unwrapped("1", """
                ALTER TABLE orders ADD COLUMN region text;
                -- godwit:backfill batch=1000
                UPDATE orders AS o SET region = 'r' || o.total WHERE o.region IS NULL /* all */;
                CREATE INDEX CONCURRENTLY orders_region ON orders (region);""");
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void everyKindOfStepIsDoneJournaledAndRecordedOnce(int major) {
        try (TestDatabase target = new TestDatabase(major)) {
            createOrders(target);

            target.run(allKinds());

            assertThat(target.number("SELECT count(*) FROM orders WHERE region = 'r' || total"))
                    .isEqualTo(20000);
            assertThat(target.flag("SELECT indisvalid FROM pg_index WHERE indexrelid = 'orders_region'::regclass"))
                    .isTrue();
            assertThat(target.texts("SELECT version FROM schema_migrations")).containsExactly("1");
            assertThat(target.texts("SELECT step_index || state FROM godwit.step ORDER BY id"))
                    .containsExactly("0started", "0done", "1started", "1done", "2started", "2done");
            assertThat(target.texts("SELECT outcome FROM godwit.run")).containsExactly("finished");
        }
    }

    @Test
    void theJournalTellsThatItWasAppliedAndThenRolledBack() {
        createOrders(database);
        database.run(allKinds());
        Journal applied = EventLog.journal(database.session, "1_test");

        database.run(TestWork.down("1", "ALTER TABLE orders DROP COLUMN region"));
        Journal back = EventLog.journal(database.session, "1_test");

        assertThat(applied.applied().orElseThrow().digest())
                .isEqualTo(allKinds().digest());
        assertThat(applied.applied().orElseThrow().finishedAt())
                .isAfter(applied.applied().orElseThrow().startedAt());
        assertThat(back.rolledBack()).isPresent();
        assertThat(database.number("SELECT count(*) FROM schema_migrations")).isZero();
    }

    @Test
    void aMigrationThatWasRolledBackIsAppliedAnew() {
        Work up = TestWork.unwrapped("1", "CREATE TABLE a ()");
        database.run(up);
        database.run(TestWork.down("1", "DROP TABLE a"));

        database.run(up);

        assertThat(database.number("SELECT count(*) FROM pg_class WHERE relname = 'a'"))
                .isOne();
        assertThat(database.number("SELECT count(*) FROM godwit.run WHERE outcome = 'finished'"))
                .isEqualTo(3);
    }

    @Test
    void anEmptyMigrationLeavesItsVersionRow() {
        database.run(TestWork.unwrapped("7", ""));

        assertThat(database.texts("SELECT version FROM schema_migrations")).containsExactly("7");
    }

    @Test
    void aFailingTransactionLeavesNothingAndTheNextAttemptGoesOnFromThere() {
        Work failing = TestWork.unwrapped(
                "1",
                "CREATE TABLE a (id int); BEGIN; CREATE TABLE b (id int); SELECT 1/(SELECT count(*) FROM a); COMMIT");
        assertThatThrownBy(() -> database.run(failing)).isInstanceOfSatisfying(GodwitException.class, e -> {
            assertThat(e.problem().kind()).isEqualTo(Problem.Kind.DATABASE);
            assertThat(e.problem().where()).contains("migrations/1_test.up.sql", "22012");
        });
        assertThat(database.number("SELECT count(*) FROM pg_class WHERE relname = 'b'"))
                .isZero();
        assertThat(database.texts("SELECT state || coalesce(sqlstate, '') FROM godwit.step WHERE step_index = 1"))
                .containsExactly("failed22012");

        database.session.execute("INSERT INTO a VALUES (1)");
        database.run(failing);

        assertThat(database.events(RunEvent.StepSkipped.class)).containsExactly(new RunEvent.StepSkipped(0));
        assertThat(database.number("SELECT count(*) FROM pg_class WHERE relname = 'b'"))
                .isOne();
    }

    @Test
    void anotherTextOfAHalfDoneMigrationIsRefused() {
        Work failing = TestWork.unwrapped("1", "CREATE TABLE a (id int); SELECT 1/0");
        assertThatThrownBy(() -> database.run(failing)).isInstanceOf(GodwitException.class);

        Work changed = TestWork.unwrapped("1", "CREATE TABLE c ()");

        assertThatThrownBy(() -> database.run(changed)).isInstanceOfSatisfying(GodwitException.class, e -> {
            assertThat(e.problem().kind()).isEqualTo(Problem.Kind.REFUSED);
            assertThat(e.problem().state()).contains("1 of 2 steps");
        });
    }

    @Test
    void anotherTextOfAMigrationThatLeftNothingIsBegunAnew() {
        Work failing = TestWork.unwrapped("1", "SELECT 1/0");
        assertThatThrownBy(() -> database.run(failing)).isInstanceOf(GodwitException.class);

        database.run(TestWork.unwrapped("1", "CREATE TABLE c ()"));

        assertThat(database.texts("SELECT outcome FROM godwit.run ORDER BY id"))
                .containsExactly("abandoned", "finished");
    }

    @Test
    void settingsOfDoneStepsHoldInTheSessionThatGoesOn() {
        Work work = TestWork.unwrapped(
                "1",
                "CREATE SCHEMA app;\nSET search_path = app;\nBEGIN; CREATE TABLE here (id int); SELECT 1/count(*) FROM public.go; COMMIT");
        database.session.execute("CREATE TABLE go ()");
        assertThatThrownBy(() -> database.run(work)).isInstanceOf(GodwitException.class);

        database.session.execute("INSERT INTO go DEFAULT VALUES");
        database.run(work);

        assertThat(database.texts("SELECT relnamespace::regnamespace FROM pg_class WHERE relname = 'here'"))
                .containsExactly("app");
    }

    @Test
    void aScriptThatChangesTheRoleDoesNotKeepTheLedgerFromBeingWritten() {
        String role = "other_" + database.session.backendPid();
        database.session.execute("CREATE ROLE " + role + "; GRANT CREATE ON SCHEMA public TO " + role);

        database.run(TestWork.unwrapped(
                "1", "BEGIN; SET ROLE " + role + "; CREATE TABLE owned (); COMMIT; CREATE TABLE owned_too ()"));

        assertThat(database.texts("SELECT relowner::regrole FROM pg_class WHERE relname LIKE 'owned%'"))
                .containsExactly(role, role);
        assertThat(database.texts("SELECT version FROM schema_migrations")).containsExactly("1");
        database.session.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
    }

    @Test
    void theObserverSeesEachStatementInsideItsTransaction() {
        List<String> seen = new ArrayList<>();
        StatementObserver observer = new StatementObserver() {
            @Override
            public void before(Queries session, ParsedStatement statement) {
                seen.add("before " + session.inTransaction());
            }

            @Override
            public void after(Queries session, ParsedStatement statement) {
                seen.add(session.queryOne("SELECT to_regclass('a')::text AS a", row -> row.text("a"))
                        .orElseThrow());
            }
        };

        new StepRunner(database.context().with(observer)).run(TestWork.unwrapped("1", "CREATE TABLE a ()"));

        assertThat(seen).containsExactly("before true", "a");
    }

    @Test
    void whatIsAppliedAlreadyIsNotAppliedAgain() {
        Work work = TestWork.up("1", "CREATE TABLE a ()");
        database.run(work);

        assertThat(new StepRunner(database.context()).run(work)).isEqualTo(StepRunner.Outcome.ALREADY_DONE);
        assertThat(database.number("SELECT count(*) FROM godwit.run")).isOne();
    }

    @Test
    void aVersionThatSomebodyElseRecordsMeanwhileStopsTheLastStep() {
        StatementObserver somebodyElse = new StatementObserver() {
            @Override
            public void before(Queries session, ParsedStatement statement) {
                database.session.execute("INSERT INTO schema_migrations VALUES ('1')");
            }

            @Override
            public void after(Queries session, ParsedStatement statement) {}
        };

        assertThatThrownBy(() -> new StepRunner(database.context().with(somebodyElse))
                        .run(TestWork.up("1", "CREATE TABLE a ()")))
                .isInstanceOf(GodwitException.class)
                .isNotInstanceOf(DatabaseException.class)
                .hasMessageContaining("somebody else");
        assertThat(database.number("SELECT count(*) FROM pg_class WHERE relname = 'a'"))
                .isZero();
    }
}
