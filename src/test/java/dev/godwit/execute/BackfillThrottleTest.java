package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.staging.EmbeddedPostgres;
import dev.godwit.throttle.ReplicaLag;
import dev.godwit.throttle.Signal;
import dev.godwit.throttle.Throttles;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// A backfill beside a standby that streams, that does not replay, and that is gone.
class BackfillThrottleTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static Session session(String url) {
        return Session.open(DatabaseUrl.parse(url, Map.of()), "test");
    }

    private static Signal lag(String... names) {
        return new ReplicaLag(List.of(names), Duration.ofMillis(700));
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Test
    void aBackfillRestsWhileAStandbyDoesNotReplayAndSaysSo() {
        try (EmbeddedPostgres primary = EmbeddedPostgres.start(EmbeddedPostgres.Request.of(18));
                EmbeddedPostgres standby = primary.standby();
                TestDatabase database = new TestDatabase(primary.url("postgres"));
                Session onStandby = session(standby.url("postgres"))) {
            database.session.execute("CREATE TABLE t (id int PRIMARY KEY, value int);"
                    + "INSERT INTO t SELECT n FROM generate_series(1, 20000) n; ANALYZE t");
            Work work = TestWork.unwrapped(
                    "1", "-- godwit:backfill batch=200 pause=300ms\nUPDATE t SET value = 1 WHERE value IS NULL");
            onStandby.execute("SELECT pg_wal_replay_pause()");

            CompletableFuture<Void> running = CompletableFuture.runAsync(
                    () -> new StepRunner(database.context().with(Throttles.NONE.and(_ -> lag()))).run(work));
            until(() -> !database.events(RunEvent.Throttled.class).isEmpty());
            long changed = database.number("SELECT changed FROM godwit.backfill");
            LockSupport.parkNanos(Duration.ofMillis(700).toNanos());

            assertThat(database.number("SELECT changed FROM godwit.backfill")).isEqualTo(changed);
            assertThat(database.events(RunEvent.Throttled.class).getFirst().over())
                    .matches("lag of standby walreceiver [0-9.]+ s > 0\\.7 s");
            onStandby.execute("SELECT pg_wal_replay_resume()");
            running.join();
            assertThat(database.number("SELECT count(*) FROM t WHERE value = 1"))
                    .isEqualTo(20_000);
        }
    }

    @Test
    void whatCannotBeMeasuredIsOverTheLimit() {
        try (EmbeddedPostgres primary = EmbeddedPostgres.start(EmbeddedPostgres.Request.of(18));
                Session owner = session(primary.url("postgres"))) {
            assertThat(lag().look(owner)).isEmpty();
            assertThat(lag("tokyo").look(owner).orElseThrow().sentence())
                    .isEqualTo("lag of standby tokyo unknown, it is not connected, not <= 0.7 s");
            owner.execute("CREATE ROLE plain LOGIN PASSWORD 'hush'");
            String url = primary.url("postgres");
            String plain = url.replace(URI.create(url).getRawUserInfo(), "plain:hush");
            try (EmbeddedPostgres standby = primary.standby();
                    Session stranger = session(plain)) {
                assertThat(standby).isNotNull();
                until(() -> lag().look(owner).isEmpty());
                assertThat(lag().look(stranger).orElseThrow().sentence()).contains("hidden from this login");
            }
        }
    }
}
