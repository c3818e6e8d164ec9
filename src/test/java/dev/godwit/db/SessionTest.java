package dev.godwit.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.postgres.SqlState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {
    private final DatabaseUrl url = TestSessions.freshUrl(18);
    private Session session;

    @BeforeEach
    void open() {
        session = Session.open(url, "godwit's test");
        session.execute(
                "CREATE TABLE people (id integer PRIMARY KEY, email text UNIQUE, born date, tag uuid, seen timestamptz)");
    }

    @AfterEach
    void close() {
        session.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18})
    void opensOnEveryMajor(int major) {
        try (Session other = TestSessions.fresh(major)) {
            assertThat(other.serverVersion().major()).isEqualTo(major);
            assertThat(number(other, "SELECT pg_backend_pid() AS n")).isEqualTo(other.backendPid());
            assertThat(other.alive()).isTrue();
        }
    }

    @Test
    void showsUnderItsName() {
        assertThat(session.queryOne("SELECT current_setting('application_name') AS n", row -> row.text("n")))
                .contains("godwit's test");
    }

    @Test
    void sendsSeveralStatementsAsOneImplicitTransaction() {
        assertThatThrownBy(() -> session.execute("INSERT INTO people (id) VALUES (1); SELECT 1/0"))
                .isInstanceOf(DatabaseException.class);
        assertThat(number(session, "SELECT count(*) AS n FROM people")).isZero();
        session.execute("INSERT INTO people (id) VALUES (1); INSERT INTO people (id) VALUES (2)");
        assertThat(number(session, "SELECT count(*) AS n FROM people")).isEqualTo(2);
    }

    @Test
    void takesQuestionMarksAndBracesAsTheyAreWhereThereAreNoParameters() {
        session.execute("CREATE TABLE j AS SELECT '{\"a\": 1}'::jsonb AS doc, '{d}'::text[] AS list");
        assertThat(number(session, "SELECT count(*) AS n FROM j WHERE doc ? 'a' AND '{d}' = list"))
                .isEqualTo(1);
        assertThat(session.update("UPDATE j SET doc = '{}' WHERE doc ?| '{a,b}'"))
                .isEqualTo(1);
    }

    @Test
    void runsWhatRefusesATransactionBlock() {
        session.execute("CREATE INDEX CONCURRENTLY by_born ON people (born)");
        session.execute("VACUUM people");
        assertThat(session.inTransaction()).isFalse();
    }

    @Test
    void bindsEachTypeAsTheStatementNeedsIt() {
        UUID tag = UUID.randomUUID();
        Instant seen = Instant.parse("2026-11-22T10:15:30.123456Z");
        String insert = "INSERT INTO people VALUES (?, ?, ?, ?, ?)";
        assertThat(session.update(insert, 1, "a'b\\c?é🦜", "2000-02-29", tag.toString(), seen))
                .isEqualTo(1);
        assertThat(session.update(insert, 2L, null, null, tag, null)).isEqualTo(1);
        assertThat(session.query(
                        "SELECT id, email FROM people WHERE tag = ? AND id = ANY (?::int[]) ORDER BY id",
                        row -> row.number("id") + ":" + row.textOrNull("email"),
                        tag,
                        List.of("1", "2")))
                .containsExactly("1:a'b\\c?é🦜", "2:null");
        assertThat(session.queryOne("SELECT seen = ? AS same FROM people WHERE id = 1", row -> row.flag("same"), seen))
                .contains(true);
    }

    @Test
    void readsEachTypeAndNoNullAsAValue() {
        session.query("SELECT 7 AS i, 1.5 AS d, true AS f, ARRAY['a', 'b,\"c'] AS l, NULL::integer AS nothing", row -> {
            assertThat(row.number("i")).isEqualTo(7);
            assertThat(row.decimal("d")).isEqualTo(1.5);
            assertThat(row.flag("f")).isTrue();
            assertThat(row.texts("l")).containsExactly("a", "b,\"c");
            assertThat(row.isNull("nothing")).isTrue();
            assertThat(row.textOrNull("nothing")).isNull();
            assertThatIllegalStateException().isThrownBy(() -> row.number("nothing"));
            assertThatIllegalStateException().isThrownBy(() -> row.decimal("nothing"));
            assertThatIllegalStateException().isThrownBy(() -> row.flag("nothing"));
            assertThatIllegalStateException().isThrownBy(() -> row.text("nothing"));
            assertThatIllegalStateException().isThrownBy(() -> row.texts("nothing"));
            return true;
        });
    }

    @Test
    void refusesSeveralRowsWhereOneWasExpected() {
        assertThat(session.queryOne("SELECT 1 AS n WHERE false", row -> row.number("n")))
                .isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(() -> session.queryOne("SELECT generate_series(1, 2) AS n", row -> row.number("n")));
    }

    @Test
    void keepsOrDropsAWholeTransaction() {
        session.inTransaction(() -> session.update("INSERT INTO people (id) VALUES (1)"));
        IllegalStateException own = new IllegalStateException("own");
        assertThatThrownBy(() -> session.inTransaction(() -> {
                    session.update("INSERT INTO people (id) VALUES (2)");
                    throw own;
                }))
                .isSameAs(own);
        assertThat(session.inTransaction()).isFalse();
        assertThat(number(session, "SELECT count(*) AS n FROM people")).isEqualTo(1);
    }

    @Test
    void knowsOfATransactionThatAScriptBegan() {
        session.execute("BEGIN; INSERT INTO people (id) VALUES (1)");
        assertThat(session.inTransaction()).isTrue();
        assertThatIllegalStateException().isThrownBy(session::begin);
        session.rollback();
        assertThat(session.inTransaction()).isFalse();
    }

    @Test
    void doesNotTakeTheSilentRollbackOfAFailedTransactionForACommit() {
        session.begin();
        session.update("INSERT INTO people (id) VALUES (1)");
        assertThatThrownBy(() -> session.execute("SELECT 1/0")).isInstanceOf(DatabaseException.class);
        DatabaseException failed = catchThrowableOfType(DatabaseException.class, session::commit);
        assertThat(failed.sqlState()).isEqualTo("25P02");
        assertThat(session.inTransaction()).isFalse();
        assertThat(number(session, "SELECT count(*) AS n FROM people")).isZero();
    }

    @Test
    void tellsWhatTheServerSaidAndWhereButNoRow() {
        session.update("INSERT INTO people VALUES (1, 'ann@example.com')");
        DatabaseException twice = catchThrowableOfType(
                DatabaseException.class, () -> session.update("INSERT INTO people VALUES (2, ?)", "ann@example.com"));
        assertThat(twice.sqlState()).isEqualTo("23505");
        assertThat(twice.serverMessage()).contains("people_email_key");
        assertThat(twice.problem().where()).isEqualTo("SQLSTATE 23505");
        assertThat(everythingOf(twice)).doesNotContain("ann@example");

        DatabaseException cast = catchThrowableOfType(
                DatabaseException.class,
                () -> session.execute("ALTER TABLE people ALTER email TYPE integer USING email::integer"));
        assertThat(cast.sqlState()).isEqualTo("22P02");
        assertThat(cast.serverMessage()).isEqualTo("invalid input syntax for type integer: \"…\"");
        assertThat(everythingOf(cast)).doesNotContain("ann@example");

        DatabaseException unknown =
                catchThrowableOfType(DatabaseException.class, () -> session.execute("SELECT emial FROM people"));
        assertThat(unknown.position()).hasValue(8);
        assertThat(unknown.problem().remedy()).contains("people.email");
    }

    @Test
    void endsAStatementAtItsTimeoutAndGoesOn() {
        session.execute("SET statement_timeout = '50ms'");
        DatabaseException late =
                catchThrowableOfType(DatabaseException.class, () -> session.execute("SELECT pg_sleep(60)"));
        assertThat(late.sqlState()).isEqualTo(SqlState.QUERY_CANCELED);
        assertThat(session.alive()).isTrue();
        assertThat(number(session, "SELECT 1 AS n")).isEqualTo(1);
    }

    @Test
    void cancelsFromAnotherThread() throws InterruptedException {
        AtomicReference<String> sqlState = new AtomicReference<>("");
        Thread sleeper = Thread.ofVirtual()
                .start(() -> sqlState.set(
                        catchThrowableOfType(DatabaseException.class, () -> session.execute("SELECT pg_sleep(60)"))
                                .sqlState()));
        try (Session observer = Session.open(url, "observer")) {
            Poll.until("a sleeper", () -> Activity.read(observer).active() == 1);
            session.cancel();
            sleeper.join();
        }
        assertThat(sqlState.get()).isEqualTo(SqlState.QUERY_CANCELED);
        assertThat(session.alive()).isTrue();
    }

    @Test
    void saysThatTheOutcomeIsUnknownWhenTheBackendIsKilled() {
        session.begin();
        kill();
        DatabaseException lost = catchThrowableOfType(
                DatabaseException.class, () -> session.execute("INSERT INTO people (id) VALUES (1)"));
        assertThat(SqlState.connectionLost(lost.sqlState())).isTrue();
        assertThat(lost.problem().state()).contains("not known");
        assertThat(lost.problem().remedy()).contains("godwit status");
        assertThat(session.alive()).isFalse();
    }

    @Test
    void throwsTheFirstFailureWhenTheBackendDiesInsideATransaction() {
        DatabaseException lost = catchThrowableOfType(
                DatabaseException.class,
                () -> session.inTransaction(() -> {
                    kill();
                    return session.update("INSERT INTO people (id) VALUES (1)");
                }));
        assertThat(SqlState.connectionLost(lost.sqlState())).isTrue();
        try (Session other = Session.open(url, "other")) {
            assertThat(number(other, "SELECT count(*) AS n FROM people")).isZero();
        }
    }

    @Test
    void tellsAReadOnlyServerAndARoleWithoutRightsWhatToDo() {
        session.execute("SET default_transaction_read_only = on");
        DatabaseException readOnly =
                catchThrowableOfType(DatabaseException.class, () -> session.execute("CREATE TABLE t (id integer)"));
        assertThat(readOnly.sqlState()).isEqualTo(SqlState.READ_ONLY_SQL_TRANSACTION);
        assertThat(readOnly.problem().remedy()).contains("primary");
        session.execute("SET default_transaction_read_only = off; SET ROLE pg_signal_backend");
        DatabaseException denied =
                catchThrowableOfType(DatabaseException.class, () -> session.execute("DROP TABLE people"));
        assertThat(denied.sqlState()).isEqualTo(SqlState.INSUFFICIENT_PRIVILEGE);
        assertThat(denied.problem().remedy()).contains("owner");
    }

    private void kill() {
        try (Session other = Session.open(url, "killer")) {
            other.query("SELECT pg_terminate_backend(?)", row -> true, session.backendPid());
            Poll.until(
                    "the backend's end",
                    () -> other.query("SELECT 1 FROM pg_stat_activity WHERE pid = ?", row -> 1, session.backendPid())
                            .isEmpty());
        }
    }

    private static String everythingOf(DatabaseException e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        return trace + " " + e.problem();
    }

    private static long number(Session session, String sql) {
        return session.queryOne(sql, row -> row.number("n")).orElseThrow();
    }
}
