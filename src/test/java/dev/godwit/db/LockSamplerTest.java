package dev.godwit.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.staging.TestClusters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LockSamplerTest {
    private static final Duration MOST_OF_IT = Duration.ofMillis(100);

    @Test
    void seesHowLongALockIsHeldAndHowLongAnotherWaits() throws InterruptedException {
        DatabaseUrl url = DatabaseUrl.parse(TestClusters.freshDatabase(18), Map.of());
        try (Session holder = Session.open(url, "holder");
                Session waiter = Session.open(url, "waiter")) {
            holder.execute("CREATE TABLE t (id int)");
            holder.begin();
            holder.execute("LOCK TABLE t IN ACCESS SHARE MODE");
            Thread blocked = Thread.ofVirtual().start(() -> {
                waiter.begin();
                waiter.execute("LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
                waiter.rollback();
            });
            LockSampler held = LockSampler.start(url, holder.backendPid());
            LockSampler waited = LockSampler.start(url, waiter.backendPid());
            holder.query("SELECT pg_sleep(0.3)::text AS slept", row -> row.text("slept"));
            ObservedLock first = only(held.stop());
            ObservedLock second = only(waited.stop());
            holder.commit();
            blocked.join();

            assertThat(first.mode()).isEqualTo(LockMode.ACCESS_SHARE);
            assertThat(first.held()).isGreaterThan(MOST_OF_IT);
            assertThat(first.waited()).isZero();
            assertThat(second.mode()).isEqualTo(LockMode.ACCESS_EXCLUSIVE);
            assertThat(second.held()).isZero();
            assertThat(second.waited()).isGreaterThan(MOST_OF_IT);
        }
    }

    private static ObservedLock only(List<ObservedLock> locks) {
        assertThat(locks).hasSize(1);
        assertThat(locks.getFirst().relation()).isEqualTo(QualifiedName.inPublic("t"));
        return locks.getFirst();
    }
}
