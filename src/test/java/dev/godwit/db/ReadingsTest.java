package dev.godwit.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.postgres.PostgresVersion;
import dev.godwit.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read of a live server: counters, activity, blockers, facts.
class ReadingsTest {
    @ParameterizedTest
    @ValueSource(ints = {13, 14, 18})
    void countsCommitsAndRollbacks(int major) {
        try (Session session = TestSessions.fresh(major)) {
            DatabaseCounters before = DatabaseCounters.read(session);
            for (int i = 0; i < 20; i++) {
                session.begin();
                session.execute("CREATE TABLE t" + i + " ()");
                session.rollback();
            }
            Poll.until("20 rollbacks", () -> DatabaseCounters.read(session).rollbacks() >= before.rollbacks() + 20);
            DatabaseCounters after = DatabaseCounters.read(session);
            assertThat(after.commits()).isGreaterThan(before.commits());
            assertThat(after.readAt()).isAfter(before.readAt());
            assertThat(after.restartedSince(before)).isFalse();
            assertThat(after.sessions().isPresent()).isEqualTo(major >= 14);
        }
    }

    @Test
    void noticesThatCountingBeganAnew() {
        try (Session session = TestSessions.fresh(15)) {
            DatabaseCounters before = DatabaseCounters.read(session);
            session.execute("SELECT pg_stat_reset()");
            Poll.until("a reset", () -> DatabaseCounters.read(session).restartedSince(before));
            assertThat(DatabaseCounters.read(session).statsReset()).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void seesWhoWaitsAndWhoBlocksWithoutShowingTheirValues(int major) throws InterruptedException {
        DatabaseUrl url = TestSessions.freshUrl(major);
        try (Session holder = Session.open(url, "holder's app");
                Session waiter = Session.open(url, "waiter");
                Session observer = Session.open(url, "observer")) {
            holder.execute("CREATE TABLE people (email text)");
            assertThat(Activity.read(observer).lockWaiters()).isZero();
            holder.begin();
            holder.execute("UPDATE people SET email = 'ann@example.com' WHERE 17 = 17 -- ann");
            holder.execute("LOCK TABLE people");
            Thread blocked = Thread.ofVirtual().start(() -> waiter.update("INSERT INTO people VALUES ('x')"));
            Poll.until("a waiter", () -> Activity.read(observer).lockWaiters() == 1);
            List<Blocker> blockers = Blockers.of(observer, waiter.backendPid());
            Poll.until(
                    "a measurable wait",
                    () -> Activity.read(observer).longestLockWait().compareTo(Duration.ofMillis(20)) > 0);
            Activity activity = Activity.read(observer);
            holder.rollback();
            blocked.join();

            assertThat(activity.clients()).isEqualTo(2);
            assertThat(activity.idleInTransaction()).isEqualTo(1);
            assertThat(activity.hidden()).isZero();
            assertThat(activity.longestTransaction()).isPositive();
            assertThat(blockers).hasSize(1);
            assertThat(blockers.getFirst().pid()).isEqualTo(holder.backendPid());
            assertThat(blockers.getFirst().applicationName()).isEqualTo("holder's app");
            assertThat(blockers.getFirst().state()).isEqualTo("idle in transaction");
            assertThat(blockers.getFirst().query()).isEqualTo("LOCK TABLE people");
            assertThat(Blockers.of(observer, waiter.backendPid())).isEmpty();
        }
    }

    @Test
    void saysThatOthersAreHiddenFromARoleWithoutRights() {
        DatabaseUrl url = TestSessions.freshUrl(15);
        try (Session other = Session.open(url, "other");
                Session session = Session.open(url, "plain")) {
            other.execute("SELECT 1");
            session.execute("SET ROLE pg_signal_backend");
            Activity activity = Activity.read(session);
            assertThat(activity.clients()).isEqualTo(1);
            assertThat(activity.hidden()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void readsWhatServerAndLoginCanDo(int major) {
        try (Session session = TestSessions.fresh(major)) {
            ServerFacts facts = ServerFacts.read(session);
            assertThat(facts.version().major()).isEqualTo(major);
            assertThat(facts.superuser()).isTrue();
            assertThat(facts.inRecovery()).isFalse();
            assertThat(facts.databaseBytes()).isGreaterThan(1_000_000);
            assertThat(facts.freeConnections()).isPositive();
            assertThat(facts.settings()).containsKeys("lock_timeout", "max_connections", "maintenance_work_mem");
            assertThat(facts.obstacleToWriting()).isEmpty();
            assertThat(facts.obstacleToLedger()).isEmpty();
        }
    }

    @Test
    void saysWhyARoleWithoutRightsCannotHoldALedger() {
        try (Session session = TestSessions.fresh(15)) {
            session.execute("SET ROLE pg_signal_backend");
            ServerFacts facts = ServerFacts.read(session);
            assertThat(facts.superuser()).isFalse();
            assertThat(facts.seesAllActivity()).isFalse();
            Problem problem = facts.obstacleToLedger().orElseThrow();
            assertThat(problem.what()).contains("pg_signal_backend may not create a schema");
            assertThat(problem.remedy()).contains("GRANT CREATE ON DATABASE \"test_");
        }
    }

    @Test
    void saysWhyAReadOnlyDatabaseCannotBeChanged() {
        DatabaseUrl url = TestSessions.freshUrl(15);
        try (Session session = Session.open(url, "test")) {
            session.execute("SET default_transaction_read_only = on");
            Problem problem = ServerFacts.read(session).obstacleToWriting().orElseThrow();
            assertThat(problem.what()).contains("read-only");
            assertThat(problem.state()).isEqualTo("nothing was changed");
        }
    }

    @Test
    void saysThatAStandbyIsOne() {
        ServerFacts standby =
                new ServerFacts(PostgresVersion.ofMajor(18), "u", "d", true, true, false, true, false, 0, 1, Map.of());
        assertThat(standby.obstacleToWriting().orElseThrow().remedy()).contains("primary");
    }

    @Test
    void refusesAVersionThatIsNotSupported() {
        ServerFacts old = new ServerFacts(
                new PostgresVersion(12, 22), "u", "d", false, false, false, true, false, 0, 1, Map.of());
        assertThat(old.obstacleToWriting().orElseThrow().what()).contains("12.22 is not supported");
    }
}
