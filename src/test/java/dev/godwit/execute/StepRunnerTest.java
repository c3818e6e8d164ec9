package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.evidence.Journal;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.statement.Access;
import dev.godwit.statement.Expression;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepRunnerTest {
    private static final Statement FILL = new Statement.UpdateRows(
            QualifiedName.inPublic("orders"),
            List.of("region"),
            Optional.of(new Expression.NullTest(new Expression.Column("region"), true)),
            Access.NONE,
            true);

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
        return WorkBuilder.migration("1")
                .locking("orders", LockMode.ACCESS_EXCLUSIVE, "ALTER TABLE orders ADD COLUMN region text")
                .backfill(1000, "UPDATE orders AS o SET region = 'r' || o.total WHERE o.region IS NULL -- all", FILL)
                .concurrentIndex("orders_region", "orders", "(region)")
                .build();
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

        database.run(WorkBuilder.migration("1")
                .down()
                .locking("orders", LockMode.ACCESS_EXCLUSIVE, "ALTER TABLE orders DROP COLUMN region")
                .build());
        Journal back = EventLog.journal(database.session, "1_test");

        assertThat(applied.applied().orElseThrow().digest()).isEqualTo("sha256:test");
        assertThat(applied.applied().orElseThrow().finishedAt())
                .isAfter(applied.applied().orElseThrow().startedAt());
        assertThat(back.rolledBack()).isPresent();
        assertThat(database.number("SELECT count(*) FROM schema_migrations")).isZero();
    }

    @Test
    void aMigrationThatWasRolledBackIsAppliedAnew() {
        Work up = WorkBuilder.migration("1").transaction("CREATE TABLE a ()").build();
        database.run(up);
        database.run(
                WorkBuilder.migration("1").down().transaction("DROP TABLE a").build());

        database.run(up);

        assertThat(database.number("SELECT count(*) FROM pg_class WHERE relname = 'a'"))
                .isOne();
        assertThat(database.number("SELECT count(*) FROM godwit.run WHERE outcome = 'finished'"))
                .isEqualTo(3);
    }

    @Test
    void anEmptyMigrationLeavesItsVersionRow() {
        database.run(WorkBuilder.migration("7").build());

        assertThat(database.texts("SELECT version FROM schema_migrations")).containsExactly("7");
    }

    @Test
    void aFailingTransactionLeavesNothingAndTheNextAttemptGoesOnFromThere() {
        WorkBuilder begun = WorkBuilder.migration("1").transaction("CREATE TABLE a (id int)");
        Work failing = begun.transaction("CREATE TABLE b (id int)", "SELECT 1/(SELECT count(*) FROM a)")
                .build();
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
        WorkBuilder begun = WorkBuilder.migration("1").transaction("CREATE TABLE a (id int)");
        Work failing = begun.transaction("SELECT 1/0").build();
        assertThatThrownBy(() -> database.run(failing)).isInstanceOf(GodwitException.class);

        Work changed = WorkBuilder.migration("1")
                .digest("sha256:other")
                .transaction("CREATE TABLE c ()")
                .build();

        assertThatThrownBy(() -> database.run(changed)).isInstanceOfSatisfying(GodwitException.class, e -> {
            assertThat(e.problem().kind()).isEqualTo(Problem.Kind.REFUSED);
            assertThat(e.problem().state()).contains("1 of 2 steps");
        });
    }

    @Test
    void anotherTextOfAMigrationThatLeftNothingIsBegunAnew() {
        Work failing = WorkBuilder.migration("1").transaction("SELECT 1/0").build();
        assertThatThrownBy(() -> database.run(failing)).isInstanceOf(GodwitException.class);

        database.run(WorkBuilder.migration("1")
                .digest("sha256:other")
                .transaction("CREATE TABLE c ()")
                .build());

        assertThat(database.texts("SELECT outcome FROM godwit.run ORDER BY id"))
                .containsExactly("abandoned", "finished");
    }

    @Test
    void settingsOfDoneStepsHoldInTheSessionThatGoesOn() {
        Statement set = new Statement.SetVariable("search_path", List.of("app"), false);
        Work work = WorkBuilder.migration("1")
                .transaction("CREATE SCHEMA app")
                .outside("SET search_path = app", set)
                .transaction("CREATE TABLE here (id int)", "SELECT 1/count(*) FROM public.go")
                .build();
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

        database.run(WorkBuilder.migration("1")
                .transaction("SET ROLE " + role, "CREATE TABLE owned ()")
                .build());

        assertThat(database.texts("SELECT relowner::regrole FROM pg_class WHERE relname = 'owned'"))
                .containsExactly(role);
        assertThat(database.texts("SELECT version FROM schema_migrations")).containsExactly("1");
        database.session.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
    }

    @Test
    void theObserverSeesEachStatementInsideItsTransaction() {
        List<String> seen = new ArrayList<>();
        StatementObserver observer = new StatementObserver() {
            @Override
            public void before(Session session, ParsedStatement statement) {
                seen.add("before " + session.inTransaction());
            }

            @Override
            public void after(Session session, ParsedStatement statement) {
                seen.add(session.queryOne("SELECT to_regclass('a')::text AS a", row -> row.text("a"))
                        .orElseThrow());
            }
        };

        new StepRunner(database.context().with(observer))
                .run(WorkBuilder.migration("1").transaction("CREATE TABLE a ()").build());

        assertThat(seen).containsExactly("before true", "a");
    }

    @Test
    void aVersionThatSomebodyElseRecordedMeanwhileStopsTheLastStep() {
        database.session.execute("CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY);"
                + "INSERT INTO schema_migrations VALUES ('1')");

        assertThatThrownBy(() -> database.run(WorkBuilder.migration("1")
                        .transaction("CREATE TABLE a ()")
                        .build()))
                .isInstanceOf(GodwitException.class)
                .isNotInstanceOf(DatabaseException.class)
                .hasMessageContaining("somebody else");
        assertThat(database.number("SELECT count(*) FROM pg_class WHERE relname = 'a'"))
                .isZero();
    }
}
