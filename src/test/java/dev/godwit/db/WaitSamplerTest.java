package dev.godwit.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.staging.TestClusters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitSamplerTest {
    private static final String STANDS_IN_QUEUE =
            "SELECT count(*) AS n FROM pg_locks WHERE NOT granted AND relation = 't'::regclass AND pid = ?";

    /// Before 14 the server does not say since when somebody waits.
    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void countsEachStandInTheQueueToTheLabelOfItsTime(int major) throws InterruptedException {
        DatabaseUrl url = DatabaseUrl.parse(TestClusters.freshDatabase(major), Map.of());
        try (Session holder = Session.open(url, "holder");
                Session waiter = Session.open(url, "waiter");
                WaitSampler<String> sampler = WaitSampler.start(url)) {
            holder.execute("CREATE TABLE t (id int)");
            sampler.watch(holder.backendPid(), "not waiting");
            holdWhile(holder, waiter);
            sampler.watch(waiter.backendPid(), "first");
            holdWhile(holder, waiter);
            sampler.rest();
            holdWhile(holder, waiter);
            sampler.watch(waiter.backendPid(), "second");
            holdWhile(holder, waiter);
            sampler.watch(waiter.backendPid(), "second");
            holdWhile(holder, waiter);

            List<WaitSampler.Wait<String>> waits = sampler.stop();
            assertThat(waits)
                    .extracting(WaitSampler.Wait::label)
                    .containsExactlyInAnyOrder("first", "second", "second");
            assertThat(waits).allSatisfy(wait -> {
                assertThat(wait.relation()).isEqualTo(QualifiedName.inPublic("t"));
                assertThat(wait.mode()).isEqualTo(LockMode.ACCESS_EXCLUSIVE);
                assertThat(wait.nanos()).isBetween(100_000_000L, 20_000_000_000L);
            });
        }
    }

    /// Lets the waiter stand in the queue for 200 ms.
    private static void holdWhile(Session holder, Session waiter) throws InterruptedException {
        holder.begin();
        holder.execute("LOCK TABLE t IN ACCESS SHARE MODE");
        Thread blocked = Thread.ofVirtual()
                .start(() -> waiter.execute("BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE; ROLLBACK"));
        Poll.until(
                "the waiter stands in the queue",
                () -> holder.query(STANDS_IN_QUEUE, row -> row.number("n"), waiter.backendPid())
                                .getFirst()
                        == 1);
        holder.query("SELECT pg_sleep(0.2)::text AS slept", row -> row.text("slept"));
        holder.rollback();
        blocked.join();
    }
}
