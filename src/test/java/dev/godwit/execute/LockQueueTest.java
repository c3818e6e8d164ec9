package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.staging.EmbeddedPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockQueueTest {
    /// The server names such a holder by the transaction that it was until it is restarted, then by its ID.
    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void aPreparedTransactionIsKnownByItsNameAndItsTime(int major) {
        Map<String, String> settings = Map.of("max_prepared_transactions", "5");
        try (EmbeddedPostgres cluster = EmbeddedPostgres.start(new EmbeddedPostgres.Request(major, settings));
                TestDatabase database = new TestDatabase(cluster.url("postgres"))) {
            database.session.execute("CREATE TABLE t (a int)");
            database.session.execute("BEGIN; INSERT INTO t VALUES (1); PREPARE TRANSACTION 'order 66'");
            database.session.query("SELECT pg_sleep(0.05)", row -> true);

            List<Blocker> blockers = LockQueue.of(
                            database.session,
                            List.of(new LockNeed(QualifiedName.inPublic("t"), LockMode.ACCESS_EXCLUSIVE)))
                    .blockers();

            assertThat(blockers).singleElement().satisfies(blocker -> {
                assertThat(blocker.kind()).isEqualTo(Blocker.Kind.PREPARED);
                assertThat(blocker.sentence()).contains("prepared transaction order 66 (");
                assertThat(blocker.age()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
            });
        }
    }
}
