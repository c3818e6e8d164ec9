package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.execute.BackfillControl.Wish;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackfillControlTest {
    private static final Work WORK = TestWork.unwrapped(
            "1", "-- godwit:backfill batch=100 pause=20ms\nUPDATE t SET value = 1 WHERE value IS NULL");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final TestDatabase database = new TestDatabase(18);

    @BeforeEach
    void create() {
        database.session.execute("CREATE TABLE t (id bigint PRIMARY KEY, value int);"
                + "INSERT INTO t SELECT n FROM generate_series(1, 20000) n; ANALYZE t");
    }

    @AfterEach
    void close() {
        database.cancellation.request();
        database.close();
    }

    private CompletableFuture<Void> run() {
        return CompletableFuture.runAsync(() -> database.run(WORK));
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private boolean told(Class<? extends RunEvent> kind) {
        return !database.events(kind).isEmpty();
    }

    @Test
    void aPausedBackfillHoldsNothingAndGoesOnWhereItWas() {
        CompletableFuture<Void> running = run();
        until(() -> told(RunEvent.Backfilled.class));
        BackfillControl.wish(database.session, "1_test", Wish.PAUSE);
        until(() -> told(RunEvent.BackfillPaused.class));

        BackfillControl.Open open = BackfillControl.open(database.session).getFirst();
        assertThat(open.wish()).isEqualTo(Wish.PAUSE);
        assertThat(open.changed()).isBetween(100L, 19_900L);
        assertThat(open.rows()).isEqualTo(20_000);
        assertThat(open.relation()).isEqualTo("public.t");
        database.session.execute("SET lock_timeout = '1s'; LOCK TABLE t, godwit.backfill IN ACCESS EXCLUSIVE MODE");

        BackfillControl.wish(database.session, "1_test", Wish.RUN);
        running.join();

        assertThat(database.number("SELECT count(*) FROM t WHERE value = 1")).isEqualTo(20_000);
        assertThat(database.number("SELECT changed FROM godwit.backfill")).isEqualTo(20_000);
        assertThat(BackfillControl.open(database.session)).isEmpty();
    }

    @Test
    void anAbortedBackfillKeepsItsBatchesAndStaysAbortedUntilItIsResumed() {
        CompletableFuture<Void> running = run();
        until(() -> told(RunEvent.Backfilled.class));
        BackfillControl.wish(database.session, "1_test", Wish.ABORT);

        assertThatThrownBy(running::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(GodwitException.class, e -> {
                    assertThat(e.problem().kind()).isEqualTo(Problem.Kind.STOPPED);
                    assertThat(e.problem().what()).contains("aborted by postgres");
                });
        long changed = database.number("SELECT count(*) FROM t WHERE value = 1");
        assertThat(changed).isBetween(100L, 19_900L);
        assertThatThrownBy(() -> database.run(WORK)).hasMessageContaining("aborted");
        assertThat(database.number("SELECT count(*) FROM t WHERE value = 1")).isEqualTo(changed);

        BackfillControl.wish(database.session, "1_test", Wish.RUN);
        database.run(WORK);

        assertThat(database.number("SELECT count(*) FROM t WHERE value = 1")).isEqualTo(20_000);
    }

    @Test
    void speedIsHalvedAndDoubledWithinItsBounds() {
        CompletableFuture<Void> running = run();
        until(() -> told(RunEvent.Backfilled.class));
        for (int i = 0; i < 9; i++) {
            BackfillControl.speed(database.session, "1_test", 0.5);
        }
        until(() -> told(RunEvent.BackfillSpeed.class));
        assertThat(BackfillControl.open(database.session).getFirst().speed()).isEqualTo(1.0 / 64);
        for (int i = 0; i < 9; i++) {
            BackfillControl.speed(database.session, "1_test", 2);
        }
        running.join();
        assertThat(database.events(RunEvent.BackfillSpeed.class).getLast().speed())
                .isEqualTo(1);
    }

    @Test
    void aLoginWithoutRightsIsToldTheGrants() {
        database.run(WORK);
        database.session.execute("CREATE ROLE stranger_to_backfills LOGIN PASSWORD 'hush'");
        String user = URI.create(database.secretUrl).getRawUserInfo();
        String theirs = database.secretUrl.replace(user, "stranger_to_backfills:hush");
        try (Session session = Session.open(DatabaseUrl.parse(theirs, Map.of()), "test")) {
            assertThatThrownBy(() -> BackfillControl.wish(session, "1_test", Wish.PAUSE))
                    .isInstanceOfSatisfying(
                            GodwitException.class,
                            e -> assertThat(e.problem().remedy())
                                    .contains(
                                            "GRANT SELECT, UPDATE ON godwit.backfill_control TO \"stranger_to_backfills\""));
        }
    }
}
