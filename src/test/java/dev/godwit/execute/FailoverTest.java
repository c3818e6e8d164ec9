package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.source.Direction;
import dev.godwit.staging.EmbeddedPostgres;
import dev.godwit.staging.EmbeddedPostgres.Request;
import dev.godwit.staging.StoppableServer;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The primary dies in the middle of a migration and its standby takes over without the last commits, because it
/// followed asynchronously; traffic goes on, at the same address, as behind a virtual IP or a changed DNS name.
@Execution(ExecutionMode.CONCURRENT)
class FailoverTest {
    private static final long SEED = Long.getLong("godwit.seed", 20_261_122L);

    private static final String PROGRESS = """
            SELECT (SELECT count(*) FROM godwit.step WHERE state = 'done') || ' steps, '
              || (SELECT coalesce(sum(changed), 0) FROM godwit.backfill) || ' rows'""";

    private final StoppableServer primary = StoppableServer.start(new Request(18, Map.of("synchronous_commit", "on")));
    private final Relay relay = Relay.to(port(primary.postgres()));
    private EmbeddedPostgres standby = primary.postgres();
    private MirrorTraffic traffic;
    private String url = "";

    @BeforeEach
    void follow() {
        CrashScene.prepare(primary);
        url = CrashScene.through(relay, primary.url(CrashScene.TEMPLATE));
        standby = primary.postgres().standby();
        traffic = MirrorTraffic.start(url, CrashScene.ROWS, new SplittableRandom(SEED));
    }

    @AfterEach
    void close() throws IOException {
        traffic.close();
        relay.close();
        standby.close();
        primary.close();
    }

    private static int port(EmbeddedPostgres server) {
        return URI.create(server.url("postgres")).getPort();
    }

    private static boolean batch(RunEvent event, int batches) {
        return event instanceof RunEvent.Backfilled done && done.scanned() >= batches * 1500L;
    }

    private static boolean thirdBatch(RunEvent event) {
        return batch(event, 3);
    }

    private static Predicate<RunEvent> stepFinished(int index) {
        return event -> event instanceof RunEvent.StepFinished done && done.step() == index;
    }

    private String ask(String sql) {
        return ask(url, sql);
    }

    private static String ask(String url, String sql) {
        try (Session session = Session.open(DatabaseUrl.parse(url, Map.of()), "look")) {
            return session.query("SELECT (q.x)::text AS t FROM (" + sql + ") AS q (x)", row -> row.text("t"))
                    .getFirst();
        }
    }

    /// What is committed from here on is never heard of at the standby.
    private void stopFollowing() {
        String written = ask("SELECT pg_current_wal_lsn()");
        String at = standby.url("postgres");
        Await.until(() ->
                ask(at, "SELECT pg_last_wal_replay_lsn() >= '" + written + "'").equals("true"));
        CrashScene.execute(at, "ALTER SYSTEM SET primary_conninfo = ''");
        CrashScene.execute(at, "SELECT pg_reload_conf()");
        Await.until(() -> ask("SELECT count(*) FROM pg_stat_replication").equals("0"));
    }

    private void failOver() {
        String before = ask(PROGRESS);
        primary.stopAtOnce();
        CrashScene.execute(standby.url("postgres"), "SELECT pg_promote()");
        relay.leadTo(port(standby));
        relay.mend();
        assertThat(ask(PROGRESS)).as("something was lost").isNotEqualTo(before);
    }

    private void run(RunListener listener) {
        DatabaseUrl database = DatabaseUrl.parse(url, Map.of());
        new StepRunner(RunContext.of(
                                () -> Session.open(database, CrashApplication.NAME),
                                new Ledger("failover test"),
                                TestDatabase.versions(),
                                new Cancellation("godwit apply 1"))
                        .with(listener))
                .run(CrashApplication.work(Direction.UP));
    }

    private void runThroughFailover(Predicate<RunEvent> lostFrom, Predicate<RunEvent> fails) {
        Once follows = new Once(lostFrom, this::stopFollowing);
        Once works = new Once(fails, this::failOver);
        run(event -> {
            follows.on(event);
            works.on(event);
        });
        assertThat(works.happened()).isTrue();
    }

    private void assertAppliedAndMirrored() {
        CrashScene.assertDone(this::ask, Direction.UP, "seed " + SEED);
        traffic.close();
        assertThat(ask(MirrorTraffic.DIFFERENCES)).as("seed %d", SEED).isEqualTo("0");
    }

    @Test
    void stepsThatTheOldPrimaryLostAreDoneAgainByTheSameRun() {
        runThroughFailover(stepFinished(0), stepFinished(2));

        assertAppliedAndMirrored();
    }

    @Test
    void batchesThatTheOldPrimaryLostAreDoneAgainByTheSameRun() {
        runThroughFailover(FailoverTest::thirdBatch, event -> batch(event, 9));

        assertAppliedAndMirrored();
    }

    /// As an operator does it: the first run is gone, with all that it had in mind.
    @Test
    void theNextRunDoesAgainWhatTheOldPrimaryLost() {
        Once follows = new Once(FailoverTest::thirdBatch, this::stopFollowing);
        assertThatThrownBy(() -> run(event -> {
                    follows.on(event);
                    if (stepFinished(5).test(event)) {
                        throw new IllegalStateException("killed");
                    }
                }))
                .hasMessage("killed");
        failOver();
        assertThat(ask("SELECT count(*) FROM godwit.step WHERE state = 'done'")).isEqualTo("3");

        CrashApplication.run(url, Direction.UP);

        assertAppliedAndMirrored();
    }

    @Test
    void aRunThatWasLostAsAWholeSaysSoAndIsBegunAgain() {
        try (Session session = Session.open(DatabaseUrl.parse(url, Map.of()), "first")) {
            Ledger.prepare(session);
        }
        stopFollowing();
        assertThatThrownBy(() -> run(new Once(stepFinished(1), this::failOver)::on))
                .isInstanceOfSatisfying(GodwitException.class, e -> {
                    assertThat(e.problem().what()).contains("does not know this run of 1_test any more");
                    assertThat(e.problem().remedy()).isEqualTo("godwit apply 1_test");
                });

        CrashApplication.run(url, Direction.UP);

        assertAppliedAndMirrored();
    }

    /// Nobody told Godwit, but the old primary is fenced: it takes no writes any more.
    @Test
    void anOldPrimaryThatIsFencedEndsTheRunWithTheRemedy() {
        Once fenced = new Once(FailoverTest::thirdBatch, () -> {
            CrashScene.execute(primary.url("postgres"), "ALTER SYSTEM SET default_transaction_read_only = on");
            CrashScene.execute(primary.url("postgres"), "SELECT pg_reload_conf()");
            Await.until(() -> ask("SELECT current_setting('default_transaction_read_only')")
                    .equals("on"));
        });

        assertThatThrownBy(() -> run(fenced::on)).isInstanceOfSatisfying(GodwitException.class, e -> {
            assertThat(e.problem().kind()).isEqualTo(Problem.Kind.DATABASE);
            assertThat(e.problem().what()).contains("read-only transaction");
            assertThat(e.problem().where()).contains("up.sql:9, SQLSTATE 25006");
            assertThat(e.problem().remedy()).contains("name the primary");
        });
    }

    /// Does something when an event is met for the first time.
    private static final class Once {
        private final Predicate<RunEvent> when;
        private final Runnable what;
        private boolean happened;

        Once(Predicate<RunEvent> when, Runnable what) {
            this.when = when;
            this.what = what;
        }

        void on(RunEvent event) {
            if (!happened && when.test(event)) {
                happened = true;
                what.run();
            }
        }

        boolean happened() {
            return happened;
        }
    }
}
