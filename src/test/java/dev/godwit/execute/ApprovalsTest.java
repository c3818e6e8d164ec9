package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.problem.GodwitException;
import dev.godwit.staging.TestClusters;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Approvals against a client that wants to forge one.
class ApprovalsTest {
    private static final AtomicInteger ROLES = new AtomicInteger();
    private static final String MIGRATION = "1_test";

    private final TestDatabase database = new TestDatabase(TestClusters.freshDatabase(18));
    private final String ann = "ann_" + ROLES.incrementAndGet();
    private final String bob = "bob_" + ROLES.incrementAndGet();

    @BeforeEach
    void makeRoles() {
        Ledger.prepare(database.session);
        for (String role : new String[] {ann, bob}) {
            database.session.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'secret';"
                    + "GRANT USAGE ON SCHEMA godwit TO " + role
                    + "; GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA godwit TO " + role);
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Session as(String role) {
        URI uri = URI.create(database.secretUrl);
        String url = "postgresql://" + role + ":secret@" + uri.getHost() + ":" + uri.getPort() + uri.getPath();
        return Session.open(DatabaseUrl.parse(url, Map.of()), "godwit test");
    }

    @Test
    void anotherLoginCountsOnesOwnDoesNotNorDoesAnotherText() {
        try (Session annsSession = as(ann);
                Session bobsSession = as(bob)) {
            assertThat(Approvals.add(annsSession, MIGRATION, "digest", "read it"))
                    .isEqualTo(ann);

            assertThat(Approvals.ofOthers(bobsSession, MIGRATION, "digest")).containsExactly(ann);
            assertThat(Approvals.ofOthers(annsSession, MIGRATION, "digest")).isEmpty();
            assertThat(Approvals.ofOthers(bobsSession, MIGRATION, "another digest"))
                    .isEmpty();
            assertThat(Approvals.ofOthers(bobsSession, "2_other", "digest")).isEmpty();
        }
    }

    @Test
    void aHostileClientCanNeitherWriteInAnotherNameNorChangeOrTakeAwayARow() {
        try (Session hostile = as(bob)) {
            Approvals.add(hostile, MIGRATION, "digest", "");
            refused(
                    hostile,
                    "INSERT INTO godwit.approval (migration, digest, reason, role) VALUES ('1_test', 'digest', '', '"
                            + ann + "')");
            refused(
                    hostile,
                    "INSERT INTO godwit.approval (migration, digest, reason, at)"
                            + " VALUES ('1_test', 'digest', '', now() + interval '1 day')");
            refused(hostile, "UPDATE godwit.approval SET role = '" + ann + "'");
            refused(hostile, "DELETE FROM godwit.approval");
            refused(hostile, "TRUNCATE godwit.approval");
            refused(hostile, "ALTER TABLE godwit.approval DISABLE ROW LEVEL SECURITY");
            refused(hostile, "SET SESSION AUTHORIZATION " + ann);

            // Even with the right to UPDATE there is no policy for it.
            database.session.execute("GRANT UPDATE, DELETE ON godwit.approval TO " + bob);
            hostile.execute("UPDATE godwit.approval SET role = '" + ann + "'");
            hostile.execute("DELETE FROM godwit.approval");
            assertThat(Approvals.ofOthers(hostile, MIGRATION, "digest")).isEmpty();
        }
        assertThat(database.texts("SELECT role FROM godwit.approval")).containsExactly(bob);
    }

    private static void refused(Session session, String sql) {
        assertThatThrownBy(() -> session.execute(sql)).as(sql).isInstanceOf(DatabaseException.class);
    }

    @Test
    void whoMayNotIsToldTheGrantsAndTheseAreEnough() {
        database.session.execute("REVOKE ALL ON ALL TABLES IN SCHEMA godwit FROM " + bob);
        database.session.execute("REVOKE USAGE ON SCHEMA godwit FROM " + bob);
        try (Session session = as(bob)) {
            assertThatThrownBy(() -> Approvals.add(session, MIGRATION, "digest", ""))
                    .isInstanceOfSatisfying(GodwitException.class, refused -> {
                        String remedy = refused.problem().remedy();
                        database.session.execute(remedy.substring(remedy.indexOf("once: ") + "once: ".length()));
                    });
            assertThat(Approvals.add(session, MIGRATION, "digest", "")).isEqualTo(bob);
        }
    }

    @Test
    void aLedgerOfAnEarlierVersionGainsTheTableWithItsNextRun() {
        database.session.execute("DROP TABLE godwit.approval");
        assertThat(Ledger.exists(database.session)).isTrue();
        assertThat(Approvals.ofOthers(database.session, MIGRATION, "digest")).isEmpty();

        Ledger.prepare(database.session);

        Approvals.add(database.session, MIGRATION, "digest", "");
    }
}
