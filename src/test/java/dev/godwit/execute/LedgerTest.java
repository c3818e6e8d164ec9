package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.evidence.Journal;
import dev.godwit.evidence.Verdict;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final TestDatabase database = new TestDatabase(18);
    private final String role = "plain_" + database.url.database();

    @AfterEach
    void close() {
        database.session.execute("DO $$ BEGIN IF to_regrole('" + role + "') IS NOT NULL THEN DROP OWNED BY " + role
                + "; DROP ROLE " + role + "; END IF; END $$");
        database.close();
    }

    /// A role that owns what it migrates and has no other right.
    private Session openAsPlainRole() {
        database.session.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'secret'");
        DatabaseUrl url = DatabaseUrl.parse(
                "postgresql://" + role + ":secret@" + database.url.host() + ":" + database.url.port() + "/"
                        + database.url.database(),
                Map.of());
        return Session.open(url, "plain role");
    }

    private static String sqlIn(GodwitException e) {
        String remedy = e.problem().remedy();
        return remedy.substring(remedy.indexOf("once: ") + "once: ".length());
    }

    private static GodwitException problemOf(Runnable action) {
        try {
            action.run();
        } catch (GodwitException e) {
            return e;
        }
        throw new AssertionError("nothing was refused");
    }

    @Test
    void whatADatabaseAdministratorMustRunIsSaidAndIsEnough() {
        try (Session plain = openAsPlainRole()) {
            GodwitException ledger = problemOf(() -> Ledger.prepare(plain));
            assertThat(ledger.problem().kind()).isEqualTo(Problem.Kind.DATABASE);
            assertThat(ledger.problem().what()).contains(role);
            database.session.execute(sqlIn(ledger));
            Ledger.prepare(plain);

            GodwitException versions = problemOf(() -> TestDatabase.versions().prepare(plain));
            database.session.execute(sqlIn(versions));
            GodwitException rights = problemOf(() -> TestDatabase.versions().prepare(plain));
            database.session.execute(sqlIn(rights));
            TestDatabase.versions().prepare(plain);
        }
        assertThat(database.texts("SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'godwit'"))
                .containsExactly(role);
    }

    @Test
    void aLedgerThatAnotherRoleOwnsCanBeSharedByTheGrantsThatAreNamed() {
        Ledger.prepare(database.session);
        try (Session plain = openAsPlainRole()) {
            GodwitException refused = problemOf(() -> Ledger.prepare(plain));
            database.session.execute(sqlIn(refused));

            Ledger.prepare(plain);
            EventLog.append(plain, "1_test", new Journal.Verified(true, List.of()));
        }
        assertThat(database.texts("SELECT role FROM godwit.event")).containsExactly(role);
    }

    @Test
    void manyOperatorsMayMakeItAtOnce() throws Exception {
        CompletableFuture<?>[] operators = IntStream.range(0, 8)
                .mapToObj(_ -> CompletableFuture.runAsync(() -> {
                    try (Session session = database.open("operator")) {
                        Ledger.prepare(session);
                        TestDatabase.versions().prepare(session);
                    }
                }))
                .toArray(CompletableFuture<?>[]::new);

        CompletableFuture.allOf(operators).get(40, TimeUnit.SECONDS);

        assertThat(Ledger.exists(database.session)).isTrue();
    }

    @Test
    void aReadOnlyDatabaseIsNotWrittenToAndSaysSo() {
        database.session.execute(
                "ALTER DATABASE " + database.url.database() + " SET default_transaction_read_only = on");

        assertThatThrownBy(() -> database.run(TestWork.up("1", "CREATE TABLE a ()")))
                .isInstanceOfSatisfying(GodwitException.class, e -> {
                    assertThat(e.problem().kind()).isEqualTo(Problem.Kind.DATABASE);
                    assertThat(e.problem().where()).contains("25006");
                    assertThat(e.problem().remedy()).contains("primary");
                });
    }

    @Test
    void theVersionTableOfAnotherToolIsLeftAlone() {
        database.session.execute("CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean)");

        assertThatThrownBy(() -> database.run(TestWork.up("1", "CREATE TABLE a ()")))
                .hasMessageContaining("golang-migrate");
        assertThat(database.number("SELECT count(*) FROM pg_class WHERE relname = 'a'"))
                .isZero();
    }

    @Test
    void eventsTellTheSameAfterwards() {
        Ledger.prepare(database.session);
        Journal.Watched watched = new Journal.Watched(Verdict.INCONCLUSIVE, 12, 300, List.of("no traffic"));
        EventLog.append(database.session, "1_test", new Journal.Verified(false, List.of("index x is invalid")));
        EventLog.append(database.session, "1_test", watched);
        EventLog.append(database.session, "1_test", "baseline", Map.of("errors", 3));

        Journal journal = EventLog.journal(database.session, "1_test");

        assertThat(journal.watched()).contains(watched);
        assertThat(journal.verified().orElseThrow().remarks()).containsExactly("index x is invalid");
        assertThat(EventLog.newest(database.session, "1_test", "baseline", Map.class))
                .contains(Map.of("errors", 3));
        assertThat(EventLog.journal(database.session, "2_test")).isEqualTo(Journal.empty("2_test"));
    }

    @Test
    void theLedgerKeepsNoSqlAndNoValue() {
        database.session.execute("CREATE TABLE person (id int PRIMARY KEY, email text)");
        Work work = TestWork.up("1", "INSERT INTO person VALUES (1, 'anna@example.org')");

        database.run(work);

        assertThat(database.texts("SELECT r::text FROM godwit.run r UNION ALL SELECT s::text FROM godwit.step s"
                        + " UNION ALL SELECT e::text FROM godwit.event e"))
                .isNotEmpty()
                .noneMatch(row -> row.contains("anna") || row.contains("INSERT"));
    }
}
