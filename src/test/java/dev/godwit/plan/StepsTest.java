package dev.godwit.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepsTest {
    @Test
    void aFileIsOneTransaction() {
        assertThat(steps("CREATE TABLE a (); CREATE TABLE b ();", TransactionMode.AUTO))
                .containsExactly("in: CREATE TABLE a () | CREATE TABLE b ()");
    }

    @Test
    void aStatementThatRefusesATransactionSplitsTheFile() {
        assertThat(steps("CREATE TABLE a (); CREATE INDEX CONCURRENTLY i ON b (x); SELECT 1;", TransactionMode.AUTO))
                .containsExactly("in: CREATE TABLE a ()", "out: CREATE INDEX CONCURRENTLY i ON b (x)", "in: SELECT 1");
    }

    @Test
    void withoutATransactionEachStatementIsItsOwn() {
        assertThat(steps("SELECT 1; SELECT 2;", TransactionMode.NEVER)).containsExactly("in: SELECT 1", "in: SELECT 2");
    }

    @Test
    void beginAndCommitOfTheFileAreBordersAndAreNotSent() {
        assertThat(steps("SELECT 1; BEGIN; SELECT 2; SELECT 3; COMMIT; SELECT 4;", TransactionMode.AUTO))
                .containsExactly("in: SELECT 1", "in: SELECT 2 | SELECT 3", "in: SELECT 4");
        assertThat(steps("SELECT 1; SELECT 2; COMMIT; SELECT 3; SELECT 4;", TransactionMode.ALWAYS))
                .containsExactly("in: SELECT 1 | SELECT 2", "in: SELECT 3 | SELECT 4");
        assertThat(steps("BEGIN; COMMIT; SELECT 1;", TransactionMode.AUTO)).containsExactly("in: SELECT 1");
    }

    @Test
    void savepointsStayInTheirTransaction() {
        assertThat(steps("BEGIN; SAVEPOINT a; SELECT 1; ROLLBACK TO a; COMMIT;", TransactionMode.AUTO))
                .containsExactly("in: SAVEPOINT a | SELECT 1 | ROLLBACK TO a");
    }

    @Test
    void aBackfillIsAStepOfItsOwn() {
        List<Step> steps = Steps.of(Scripts.parse(new SourceText("a.sql", """
                        ALTER TABLE t ADD COLUMN x integer;
                        -- godwit:backfill batch=500 key=number pause=20ms
                        UPDATE t SET x = 1 WHERE x IS NULL;
                        """)), TransactionMode.AUTO);
        assertThat(steps).hasSize(2);
        assertThat(steps.get(1))
                .isInstanceOfSatisfying(
                        Step.Backfill.class,
                        backfill -> assertThat(backfill.spec())
                                .isEqualTo(new BackfillSpec(500, Optional.of("number"), Duration.ofMillis(20))));
    }

    @Test
    void aBackfillHasDefaults() {
        List<Step> steps = Steps.of(
                Scripts.parse(new SourceText("a.sql", "-- godwit:backfill\nDELETE FROM t;")), TransactionMode.NEVER);
        assertThat(steps)
                .singleElement()
                .isInstanceOfSatisfying(
                        Step.Backfill.class,
                        backfill -> assertThat(backfill.spec())
                                .isEqualTo(new BackfillSpec(10_000, Optional.empty(), Duration.ZERO)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "batch=0",
                "batch=x",
                "batch=2000000",
                "batch",
                "batch=1 batch=2",
                "size=1",
                "pause=5",
                "pause=1h",
                "pause=99m",
                "key=",
                "10000"
            })
    void nonsenseInABackfillIsNamedWithItsPlaceAndAnExample(String argument) {
        Problem problem =
                refused("SELECT 1;\n-- godwit:backfill " + argument + "\nUPDATE t SET x = 1;", TransactionMode.AUTO);
        assertThat(problem.where()).isEqualTo("a.sql:2");
        assertThat(problem.remedy()).contains("-- godwit:backfill batch=10000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE t SET x = u.x FROM u WHERE u.id = t.id",
                "UPDATE t SET x = (SELECT 1)",
                "DELETE FROM t USING u WHERE u.id = t.id",
                "UPDATE t SET x = 1 RETURNING id",
                "WITH a AS (SELECT 1) UPDATE t SET x = 1",
                "INSERT INTO t VALUES (1)",
                "SELECT 1"
            })
    void onlyAPlainChangeOfOneTableCanBeABackfill(String sql) {
        assertThat(refused("-- godwit:backfill batch=10\n" + sql + ";", TransactionMode.AUTO)
                        .what())
                .contains("plain UPDATE or DELETE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE INDEX CONCURRENTLY i ON t (x);                 | ALWAYS | refuses
            BEGIN; CREATE INDEX CONCURRENTLY i ON t (x); COMMIT;  | AUTO   | refuses
            BEGIN; SELECT 1;                                      | AUTO   | without a COMMIT
            BEGIN; BEGIN; COMMIT;                                 | AUTO   | BEGIN inside
            COMMIT;                                               | NEVER  | without a BEGIN
            ROLLBACK;                                             | AUTO   | ROLLBACK
            BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT 1; COMMIT; | AUTO   | options of BEGIN
            BEGIN; SELECT 1; COMMIT AND CHAIN; SELECT 2; COMMIT;  | AUTO   | AND CHAIN
            PREPARE TRANSACTION 'x';                              | AUTO   | two-phase
            SELEC 1;                                              | AUTO   | syntax error
            """)
    void whatCannotBeCarriedOutIsRefusedBeforeAnythingRuns(String sql, TransactionMode mode, String what) {
        Problem problem = refused(sql, mode);
        assertThat(problem.what()).contains(what);
        assertThat(problem.where()).isEqualTo("a.sql:1");
        assertThat(problem.state()).isEqualTo("nothing was run");
        assertThat(problem.remedy()).isNotEmpty();
    }

    private static Problem refused(String sql, TransactionMode mode) {
        GodwitException failure = catchThrowableOfType(
                GodwitException.class, () -> Steps.of(Scripts.parse(new SourceText("a.sql", sql)), mode));
        assertThat(failure).isNotNull();
        return failure.problem();
    }

    private static List<String> steps(String sql, TransactionMode mode) {
        return Steps.of(Scripts.parse(new SourceText("a.sql", sql)), mode).stream()
                .map(StepsTest::shown)
                .toList();
    }

    private static String shown(Step step) {
        String place = step instanceof Step.RunInTransaction ? "in: " : "out: ";
        return place + step.statements().stream().map(ParsedStatement::sql).collect(Collectors.joining(" | "));
    }
}
