package dev.godwit.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.staging.TestClusters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenLoopTest {
    private static final Operation READ = new Statement("SELECT amount FROM shelf WHERE id = 1", 1);
    private static final Operation WRITE = new Statement("UPDATE shelf SET amount = amount + 1 WHERE id = 1", 1);
    private static final Load GENTLE = new Load(200, 4);

    private final DatabaseUrl url = DatabaseUrl.parse(TestClusters.freshDatabase(18), Map.of());
    private final Session session = Session.open(url, "test");

    @BeforeEach
    void fillTheShelf() {
        session.execute("DROP TABLE IF EXISTS shelf; CREATE TABLE shelf (id int PRIMARY KEY, amount bigint NOT NULL);"
                + " INSERT INTO shelf VALUES (1, 0)");
    }

    @AfterEach
    void leave() {
        session.close();
    }

    @Test
    void aTableLockedFor300MillisecondsDelaysEveryRequestDueMeanwhile() {
        try (OpenLoop loop = OpenLoop.start(url, () -> List.of(READ, WRITE), GENTLE)) {
            await(loop, report -> report.queries() >= 20);
            loop.mark("before");
            await(loop, report -> queries(report, "before") >= 60);
            loop.mark("during");
            session.execute("BEGIN; LOCK TABLE shelf; SELECT pg_sleep(0.3); COMMIT");
            loop.mark("after");
            await(loop, report -> queries(report, "after") >= 20);
            LatencyReport report = loop.stop();
            LatencyReport.Phase during = report.phase("during").orElseThrow();
            assertThat(during.longestStallMs()).isBetween(285.0, 700.0);
            assertThat(during.delayed())
                    .as("arrivals of the first 200 ms, ten times as many as connections")
                    .isBetween(30L, 80L);
            assertThat(during.p50Ms()).isGreaterThan(100);
            assertThat(report.failed()).isZero();
        }
    }

    @Test
    void aRequestThatStillWaitsShowsInTheReport() {
        try (OpenLoop loop = OpenLoop.start(url, () -> List.of(READ), GENTLE);
                Session locker = Session.open(url, "locker")) {
            locker.begin();
            locker.execute("LOCK TABLE shelf");
            loop.mark("locked");
            await(loop, report -> report.longestStallMs() > 200);
            LatencyReport report = loop.report();
            assertThat(report.waiting()).isGreaterThan(30);
            assertThat(report.phase("locked").orElseThrow().longestStallMs()).isGreaterThan(190);
            locker.commit();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 2_000})
    void everyArrivalOfTheRateIsServed(int rate) {
        try (OpenLoop loop = OpenLoop.start(url, () -> List.of(READ), new Load(rate, 8))) {
            await(loop, report -> report.seconds() >= 1);
            LatencyReport report = loop.stop();
            assertThat(report.queriesPerSecond()).isCloseTo(rate, within(rate * 0.05));
            assertThat(report.waiting()).isZero();
            assertThat(report.timeLine().stream()
                            .mapToLong(LatencyReport.Slot::count)
                            .sum())
                    .isEqualTo(report.queries());
        }
    }

    @Test
    void aFailedRequestIsCountedBySqlStateAndTheOthersGoOn() {
        Operation broken = new Statement("SELECT 1 / 0", 1);
        Operation sound = new Statement("SELECT 1", 3);
        try (OpenLoop loop = OpenLoop.start(url, () -> List.of(broken, sound), new Load(1_000, 4))) {
            await(loop, report -> report.queries() >= 800);
            LatencyReport report = loop.stop();
            assertThat(report.failuresBySqlState()).containsOnly(Map.entry("22012", report.failed()));
            assertThat((double) report.failed() / report.queries()).isCloseTo(0.25, within(0.06));
        }
    }

    @Test
    void killedBackendsFailTheirRequestsAndAreReplaced() {
        try (OpenLoop loop = OpenLoop.start(url, () -> List.of(READ), GENTLE)) {
            await(loop, report -> report.queries() >= 20);
            session.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE application_name = 'godwit traffic'");
            await(loop, report -> report.failed() == GENTLE.connections());
            long failed = loop.report().failed();
            long queries = loop.report().queries();
            await(loop, report -> report.queries() > queries + 100);
            assertThat(loop.stop().failed()).isEqualTo(failed);
        }
    }

    @Test
    void nothingRunsWhileTheTrafficPauses() {
        try (OpenLoop loop = OpenLoop.start(url, () -> List.of(WRITE), new Load(1_000, 4))) {
            await(loop, report -> report.queries() >= 100);
            loop.pause();
            LatencyReport atRest = loop.report();
            assertThat(amount()).isEqualTo(atRest.queries());
            session.execute("SELECT pg_sleep(0.2)");
            assertThat(amount()).isEqualTo(atRest.queries());
            assertThat(loop.report()).isEqualTo(atRest);
            loop.resume();
            await(loop, report -> report.queries() >= atRest.queries() + 100);
            assertThat(loop.stop().longestStallMs()).isLessThan(200);
        }
    }

    @Test
    void aPauseThatCannotComeToRestSaysSoAndTheTrafficGoesOn() {
        Load impatient = new Load(200, 2, Duration.ofMillis(200));
        try (OpenLoop loop = OpenLoop.start(url, () -> List.of(READ), impatient);
                Session locker = Session.open(url, "locker")) {
            locker.begin();
            locker.execute("LOCK TABLE shelf");
            await(loop, report -> report.longestStallMs() > 20);
            assertThatThrownBy(loop::pause).hasMessageContaining("did not come to rest");
            locker.commit();
            await(loop, report -> report.failuresBySqlState().containsKey(LatencyReport.GAVE_UP));
            long queries = loop.report().queries();
            await(loop, report -> report.queries() > queries + 50);
        }
    }

    @Test
    void aRequestThatIsStuckIsCancelledWhenTheTrafficEnds() {
        Load impatient = new Load(200, 2, Duration.ofMillis(200));
        try (Session locker = Session.open(url, "locker")) {
            locker.begin();
            locker.execute("LOCK TABLE shelf");
            LatencyReport report;
            try (OpenLoop loop = OpenLoop.start(url, () -> List.of(READ), impatient)) {
                await(loop, waiting -> waiting.longestStallMs() > 50);
                report = loop.stop();
            }
            assertThat(report.failuresBySqlState()).containsOnly(Map.entry("57014", 2L));
        }
    }

    @Test
    void aDefectOfAnOperationIsNotMistakenForTheDatabase() {
        OpenLoop loop = OpenLoop.start(url, () -> List.of(new Defective()), GENTLE);
        assertThatThrownBy(() -> await(loop, report -> false))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("no such customer");
        assertThatThrownBy(loop::close).isInstanceOf(IllegalStateException.class);
    }

    private record Defective() implements Operation {
        @Override
        public String name() {
            return "defective";
        }

        @Override
        public void run(Session session, SplittableRandom random) {
            throw new IllegalArgumentException("no such customer");
        }
    }

    private long amount() {
        return session.queryOne("SELECT amount FROM shelf", row -> row.number("amount"))
                .orElseThrow();
    }

    private static long queries(LatencyReport report, String phase) {
        return report.phase(phase).orElseThrow().queries();
    }

    private static void await(OpenLoop loop, Predicate<LatencyReport> condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.test(loop.report())) {
            assertThat(System.nanoTime()).as("20 s are over").isLessThan(deadline);
            LockSupport.parkNanos(2_000_000);
        }
    }
}
