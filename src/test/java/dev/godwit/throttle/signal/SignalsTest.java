package dev.godwit.throttle.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.postgres.Identifiers;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.staging.TestClusters;
import dev.godwit.throttle.LongWork;
import dev.godwit.throttle.Reading;
import dev.godwit.throttle.Signal;
import dev.godwit.throttle.ThrottleSignal;
import dev.godwit.throttle.Throttles;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each signal on a real server: under its limit, over it, and where it cannot be measured.
class SignalsTest {
    private static final QualifiedName TABLE = new QualifiedName("we\"ird", "a\"\"; drop --");

    private final String url = TestClusters.freshDatabase(18);
    private final Session session = open(url);
    private Signal signal = _ -> Optional.empty();

    private static Session open(String url) {
        return Session.open(DatabaseUrl.parse(url, Map.of()), "test");
    }

    private void watch(String id, String limit) {
        ThrottleSignal kind = Optional.ofNullable(Throttles.known().get(id)).orElseThrow();
        signal.close();
        signal = Throttles.limited(kind, limit).orElseThrow().watch(new LongWork(TABLE, () -> open(url)));
    }

    private Optional<String> look() {
        return signal.look(session).map(Reading::sentence);
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private void table(int rows) {
        session.execute("CREATE SCHEMA " + Identifiers.quote(TABLE.schema()));
        session.execute("CREATE TABLE " + TABLE.sql() + " (id int PRIMARY KEY, value int)"
                + " WITH (autovacuum_enabled = off); INSERT INTO " + TABLE.sql()
                + " SELECT n FROM generate_series(1, " + rows + ") n; ANALYZE " + TABLE.sql());
    }

    @AfterEach
    void close() {
        signal.close();
        session.close();
    }

    @ParameterizedTest
    @CsvSource({
        "active_sessions, many", "lock_waits, -1", "wal_rate, 50MB", "wal_rate, 5 apples/s", "autovacuum, perhaps",
        "dead_rows, 140 %", "dead_rows, 0.4", "probe_p95, 50", "query, ' '", "prometheus, http://there up",
        "prometheus, up > 5", "prometheus, http://me:secret@there up > 5"
    })
    void aLimitThatIsNoneIsRefused(String id, String limit) {
        assertThatThrownBy(() -> Throttles.of(Map.of(id, limit))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theStandardOnesAreThereUntilTheyAreTurnedOff() {
        assertThat(Throttles.of(Map.of()).limited()).hasSize(2);
        assertThat(Throttles.of(Map.of("lock_waits", "off", "autovacuum", "off"))
                        .limited())
                .isEmpty();
        Throttles.known()
                .forEach((id, kind) -> assertThat(
                                Throttles.of(Map.of(id, kind.example())).limited())
                        .as(id)
                        .isNotEmpty());
    }

    @Test
    void sessionsThatRunAStatementAreCounted() {
        watch("active_sessions", "1");
        assertThat(look()).isEmpty();
        try (Session one = open(url);
                Session two = open(url)) {
            CompletableFuture<Void> first = async(() -> sleep(one));
            CompletableFuture<Void> second = async(() -> sleep(two));
            until(() -> look().isPresent());
            assertThat(look()).contains("active sessions 2 > 1");
            one.cancel();
            two.cancel();
            CompletableFuture.allOf(first, second).join();
        }
        until(() -> look().isEmpty());
    }

    private static CompletableFuture<Void> async(Runnable work) {
        return CompletableFuture.runAsync(work, Thread::startVirtualThread);
    }

    private static void sleep(Session session) {
        try {
            session.execute("SELECT pg_sleep(60)");
        } catch (DatabaseException e) {
            assertThat(e.sqlState()).isEqualTo("57014");
        }
    }

    @Test
    void sessionsThatAreHiddenCannotBeCounted() {
        session.execute("CREATE ROLE looker LOGIN PASSWORD 'hush'");
        String plain = url.replace(URI.create(url).getRawUserInfo(), "looker:hush");
        watch("active_sessions", "10");
        try (Session stranger = open(plain)) {
            assertThat(signal.look(stranger).orElseThrow().sentence())
                    .matches("active sessions unknown, [0-9]+ are hidden from this login, not <= 10");
        } finally {
            session.execute("DROP ROLE looker");
        }
    }

    @Test
    void sessionsThatWaitForALockAreCountedAndAdvisoryOnesAreNot() {
        table(1);
        watch("lock_waits", "0");
        session.execute("SELECT pg_advisory_lock(7)");
        try (Session holder = open(url);
                Session waiter = open(url);
                Session queued = open(url)) {
            CompletableFuture<Void> advisory = async(() -> queued.execute("SELECT pg_advisory_lock(7)"));
            until(() -> session.queryOne(
                            "SELECT count(*) AS n FROM pg_locks WHERE NOT granted AND locktype = 'advisory'",
                            row -> row.number("n") == 1)
                    .orElseThrow());
            assertThat(look()).isEmpty();
            holder.begin();
            holder.execute("UPDATE " + TABLE.sql() + " SET value = 1");
            CompletableFuture<Void> waiting = async(() -> waiter.execute("UPDATE " + TABLE.sql() + " SET value = 2"));
            until(() -> look().isPresent());
            assertThat(look()).contains("sessions that wait for a lock 1 > 0");
            holder.rollback();
            waiting.join();
            session.execute("SELECT pg_advisory_unlock(7)");
            advisory.join();
        }
        assertThat(look()).isEmpty();
    }

    @Test
    void theLogThatIsWrittenIsMeasuredUntilItsMeanIsUnderTheLimit() {
        watch("wal_rate", "500kB/s");
        assertThat(look()).isEmpty();
        session.execute("SELECT pg_logical_emit_message(false, 'x', repeat('x', 1000000))");
        assertThat(look().orElseThrow()).matches("WAL written [0-9.]+ MB/s > 500\\.0 kB/s");
        until(() -> look().isEmpty());
    }

    @Test
    void aVacuumOfTheTableIsSeen() {
        table(20_000);
        watch("autovacuum", "on");
        session.execute("DELETE FROM " + TABLE.sql());
        try (Session worker = open(url)) {
            worker.execute("SET vacuum_cost_delay = 100; SET vacuum_cost_limit = 1");
            assertThat(look()).isEmpty();
            CompletableFuture<Void> vacuum = async(() -> {
                try {
                    worker.execute("VACUUM " + TABLE.sql());
                } catch (DatabaseException e) {
                    assertThat(e.sqlState()).isEqualTo("57014");
                }
            });
            until(() -> look().isPresent());
            assertThat(look().orElseThrow()).matches("vacuum of .*drop.* (begun|[0-9]+ %) < 100 %");
            worker.cancel();
            vacuum.join();
        }
        assertThat(look()).isEmpty();
    }

    @Test
    void deadRowsAreAShareOfTheTable() {
        table(1000);
        watch("dead_rows", "40 %");
        assertThat(look()).isEmpty();
        session.execute("UPDATE " + TABLE.sql() + " SET value = 1");
        until(() -> look().isPresent());
        assertThat(look().orElseThrow()).matches("dead rows of .*drop.* [0-9]+ % > 40 %");
        session.execute("VACUUM " + TABLE.sql());
        until(() -> look().isEmpty());
    }

    @Test
    void aProbeFeelsWhatATableLockDoes() {
        table(1000);
        watch("probe_p95", "200ms");
        until(() -> !signal.felt().isZero());
        try (Session holder = open(url)) {
            holder.begin();
            holder.execute("LOCK TABLE " + TABLE.sql());
            LockSupport.parkNanos(Duration.ofMillis(400).toNanos());
            holder.commit();
        }
        until(() -> signal.felt().compareTo(Duration.ofMillis(300)) > 0);
        assertThat(look()).as("one of many is no 95 %").isEmpty();
    }

    @Test
    void aProbeThatFailsHoldsTheWorkUpAndATableThatComesBackLetsItGo() {
        watch("probe_p95", "200ms");
        until(() -> look().isPresent());
        assertThat(look().orElseThrow()).contains("unknown, it fails with SQLSTATE 42P01, not <= 200.0 ms");
        table(10);
        until(() -> look().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 0;|",
                "SELECT 3 -- jobs|your query 3 > 0",
                "SELECT 2.5|your query 2.5 > 0",
                "SELECT NULL::int|your query unknown, it gives NULL, not <= 0",
                "SELECT 1 WHERE false|your query unknown, it gives NULL, not <= 0",
                "SELECT 'NaN'::float8|your query unknown, it gives NaN, not <= 0",
                "SELECT n FROM generate_series(1, 2) n|your query unknown, it fails with SQLSTATE 21000, not <= 0",
                "SELECT pg_sleep(2)::text|your query unknown, it fails with SQLSTATE 57014, not <= 0",
                "SELECT nothing|your query unknown, it fails with SQLSTATE 42703, not <= 0",
                "SELECT nextval('numbers')|your query unknown, it fails with SQLSTATE 25006, not <= 0",
                "SELECT 1); DROP TABLE kept; SELECT (1|your query unknown, it fails with SQLSTATE 42601, not <= 0"
            })
    void aQueryOfTheProjectsOwn(String query, String said) {
        session.execute("CREATE SEQUENCE numbers; CREATE TABLE kept ()");
        watch("query", query);
        assertThat(look()).isEqualTo(Optional.ofNullable(said));
        session.execute("DROP TABLE kept");
    }
}
