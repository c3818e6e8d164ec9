package dev.godwit.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.evidence.Verdict;
import dev.godwit.staging.TestClusters;
import dev.godwit.traffic.Load;
import dev.godwit.traffic.OpenLoop;
import dev.godwit.traffic.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The watch on real servers. The windows are short and the load is high, so that the judge has enough to go by.
class WatchTest {
    private static final Load BUSY = new Load(600, 4);
    private static final Duration BEFORE = Duration.ofSeconds(3);
    private static final Duration AFTER = Duration.ofSeconds(3);

    @Test
    void healthyTrafficPassesAndRollbacksFail() {
        DatabaseUrl url = shop(18);
        try (OpenLoop loop = OpenLoop.start(url, () -> List.of(new Sometimes(0)), BUSY);
                Watch watch = Watch.open(WatchTarget.of(url))) {
            List<Moment> seen = new ArrayList<>();
            Baseline baseline = Baseline.measure(watch, BEFORE, (elapsed, total, moment) -> seen.add(moment));
            assertThat(seen).hasSize(4);
            assertThat(baseline.wasMeasured()).isTrue();
            WatchResult healthy = watch.run(baseline, AFTER, Watch.Progress.SILENT);
            assertThat(healthy.verdict()).as("%s", healthy.reasons()).isEqualTo(Verdict.PASS);
            assertThat(healthy.watched().share("rollbacks").population()).isGreaterThan(1_000);
            assertThat(loop.stop().failed()).isZero();
            try (OpenLoop failing = OpenLoop.start(url, () -> List.of(new Sometimes(0.1)), BUSY)) {
                WatchResult failed = watch.run(baseline, AFTER, Watch.Progress.SILENT);
                assertThat(failed.verdict()).isEqualTo(Verdict.FAIL);
                assertThat(failed.reasons()).singleElement().asString().startsWith("rollbacks: ");
                assertThat(failing.report().failed()).isGreaterThan(20);
            }
        }
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @ValueSource(ints = {13, 18})
    void anIdleDatabaseIsInconclusive(int major) {
        DatabaseUrl url = shop(major);
        try (Watch watch = Watch.open(WatchTarget.of(url))) {
            Baseline baseline = watch.history();
            WatchResult result = watch.run(baseline, Duration.ofSeconds(2), Watch.Progress.SILENT);
            assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(result.watched().share("rollbacks").population()).isLessThan(10);
        }
    }

    @Test
    void deadlocksFail() throws InterruptedException {
        DatabaseUrl url = shop(18);
        try (OpenLoop loop = OpenLoop.start(url, () -> List.of(new Sometimes(0)), BUSY);
                Watch watch = Watch.open(WatchTarget.of(url))) {
            Baseline baseline = watch.baseline(Duration.ofSeconds(2), Watch.Progress.SILENT);
            Thread quarrel = Thread.ofVirtual().start(() -> deadlocks(url, 40));
            WatchResult result = watch.run(baseline, Duration.ofSeconds(5), Watch.Progress.SILENT);
            quarrel.join();
            assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(result.reasons()).anyMatch(reason -> reason.startsWith("deadlocks: "));
            assertThat(loop.report().failed()).isZero();
        }
    }

    @Test
    void sessionsThatWaitOnForALockFail() throws InterruptedException {
        DatabaseUrl url = shop(18);
        try (OpenLoop loop = OpenLoop.start(url, () -> List.of(new Sometimes(0)), BUSY);
                Session locker = Session.open(url, "locker");
                Session waiter = Session.open(url, "waiter");
                Watch watch = Watch.open(WatchTarget.of(url))) {
            Baseline baseline = watch.baseline(Duration.ofSeconds(2), Watch.Progress.SILENT);
            locker.begin();
            locker.execute("LOCK TABLE quiet");
            Thread waiting = Thread.ofVirtual().start(() -> waiter.execute("SELECT * FROM quiet"));
            WatchResult result = watch.run(baseline, Duration.ofSeconds(5), Watch.Progress.SILENT);
            locker.rollback();
            waiting.join();
            assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(result.reasons())
                    .singleElement()
                    .asString()
                    .startsWith("sessions waiting over 1 s for a lock: at most 1, too high for");
            assertThat(loop.report().failed()).isZero();
        }
    }

    @Test
    void aKilledWatchSessionAndAResetOfTheStatisticsAreBridged() {
        DatabaseUrl url = shop(18);
        try (OpenLoop loop = OpenLoop.start(url, () -> List.of(new Sometimes(0)), BUSY);
                Session admin = Session.open(url, "admin");
                Watch watch = Watch.open(WatchTarget.of(url))) {
            Baseline baseline = watch.baseline(Duration.ofSeconds(3), Watch.Progress.SILENT);
            ConcurrentLinkedQueue<String> disturbances = new ConcurrentLinkedQueue<>(List.of(
                    "SELECT 1",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'godwit watch'",
                    "SELECT pg_stat_reset()"));
            WatchResult result = watch.run(baseline, Duration.ofSeconds(8), (elapsed, total, moment) -> {
                String disturbance = disturbances.poll();
                if (disturbance != null) {
                    admin.execute(disturbance);
                }
            });
            assertThat(result.watched().missed()).isEqualTo(1);
            assertThat(result.watched().resets()).isEqualTo(1);
            assertThat(result.watched().seconds()).isBetween(5.5, 7.5);
            assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(result.reasons()).anyMatch(reason -> reason.startsWith("saw "));
            assertThat(loop.report().failed()).isZero();
        }
    }

    private static DatabaseUrl shop(int major) {
        DatabaseUrl url = DatabaseUrl.parse(TestClusters.freshDatabase(major), Map.of());
        try (Session session = Session.open(url, "test")) {
            session.execute("CREATE TABLE shelf (id int PRIMARY KEY, amount bigint); CREATE TABLE quiet (id int);"
                    + " INSERT INTO shelf SELECT i, 0 FROM generate_series(1, 100) i");
        }
        return url;
    }

    /// Two sessions lock two rows in opposite order, again and again.
    private static void deadlocks(DatabaseUrl url, int count) {
        CyclicBarrier together = new CyclicBarrier(2);
        Thread other = Thread.ofVirtual().start(() -> lockBoth(url, together, 2, 1, count));
        lockBoth(url, together, 1, 2, count);
        other.interrupt();
    }

    private static void lockBoth(DatabaseUrl url, CyclicBarrier together, int first, int second, int count) {
        try (Session session = Session.open(url, "quarrel")) {
            session.execute("SET deadlock_timeout = '20ms'");
            for (int i = 0; i < count; i++) {
                lockBoth(session, together, first, second);
            }
        }
    }

    private static void lockBoth(Session session, CyclicBarrier together, int first, int second) {
        session.begin();
        session.execute("UPDATE shelf SET amount = 0 WHERE id = " + first);
        await(together);
        try {
            session.execute("UPDATE shelf SET amount = 0 WHERE id = " + second);
        } catch (DatabaseException deadlock) {
            assertThat(deadlock.sqlState()).isEqualTo("40P01");
        }
        session.rollback();
        await(together);
    }

    private static void await(CyclicBarrier together) {
        try {
            together.await();
        } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Reads a row of the shelf, and with the chance given fails instead.
    private record Sometimes(double failing) implements Operation {
        @Override
        public String name() {
            return "read";
        }

        @Override
        public void run(Session session, SplittableRandom random) {
            session.execute(
                    random.nextDouble() < failing
                            ? "SELECT 1 / 0"
                            : "SELECT amount FROM shelf WHERE id = " + random.nextInt(10, 100));
        }
    }
}
