package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.staging.TestClusters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Godwit is killed (-9) at thirty random moments of a migration of every kind of step; each time the next one ends it,
/// and nothing is there twice. The moments are aimed by progress, not by the clock: a kill draws the step to wait for
/// and then how far to go into it, because where one step takes all of the time, every moment drawn from the whole
/// would fall into that one.
class CrashTest {
    private static final int KILLS = 30;
    private static final int ROWS = 60_000;
    private static final int STEPS = 7;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// Another seed: `-Dgodwit.seed=…`.
    private static final long SEED = Long.getLong("godwit.seed", 20_261_122L);

    private static final String EXPECTED = """
            SELECT (SELECT count(*) FROM orders WHERE touched = 1) || ' touched, '
              || (SELECT count(*) FROM note) || ' note, '
              || (SELECT string_agg(text, ', ' ORDER BY text) FROM marker) || ', '
              || (SELECT string_agg(indexrelid::regclass || ' ' || indisvalid, ', ' ORDER BY indexrelid::regclass::text)
                  FROM pg_index WHERE indrelid = 'orders'::regclass) || ', '
              || (SELECT string_agg(version, ' ') FROM schema_migrations) || ', '
              || (SELECT string_agg(outcome || ' ' || steps, ' ') FROM godwit.run) || ', '
              || (SELECT string_agg(step_index::text, '' ORDER BY step_index) FROM godwit.step WHERE state = 'done')
              || ' done, ' || (SELECT count(*) FROM godwit.event WHERE kind = 'applied') || ' event'""";

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Deque<Process> warm = new ArrayDeque<>();
    private final List<Integer> stepsDoneAtKill = new ArrayList<>();

    @AfterEach
    void stopProcesses() {
        warm.forEach(Process::destroyForcibly);
    }

    @Test
    void aKilledRunIsCompletedByTheNextOneExactlyOnce() throws IOException {
        long whole = undisturbed().toNanos();
        while (stepsDoneAtKill.size() < KILLS) {
            killUntilComplete(whole);
        }
        assertThat(stepsDoneAtKill.stream().distinct().count())
                .as("the kills hit different steps: %s", stepsDoneAtKill)
                .isGreaterThan(2);
    }

    private Duration undisturbed() throws IOException {
        try (TestDatabase database = prepared()) {
            Process process = begin(database);
            Stopwatch took = Stopwatch.start();
            Await.until(PATIENCE, () -> !process.isAlive());
            assertThat(database.texts(EXPECTED)).containsExactly(expected());
            return took.elapsed();
        }
    }

    /// Each kill leaves what the one before it left and a little more, until one attempt may come to the end: on a busy
    /// machine none would by itself.
    ///
    /// @param whole nanoseconds of an undisturbed migration
    private void killUntilComplete(long whole) throws IOException {
        try (TestDatabase database = prepared()) {
            boolean killed = true;
            while (killed && stepsDoneAtKill.size() < KILLS) {
                int target = random.nextInt(stepsDone(database), STEPS + 1);
                killed = kill(database, begin(database), target, random.nextLong(whole >> random.nextInt(2, 10)));
            }
            CrashApplication.run(database.secretUrl);
            assertThat(database.texts(EXPECTED))
                    .as("seed %d, after %d kills", SEED, stepsDoneAtKill.size())
                    .containsExactly(expected());
        }
    }

    /// @param target how many steps must be done before it; all of them lets it come to its end
    /// @param afterNanos how long to wait from then on
    /// @return false when it was done before that
    private boolean kill(TestDatabase database, Process process, int target, long afterNanos) {
        Await.until(PATIENCE, () -> (target < STEPS && stepsDone(database) >= target) || !process.isAlive());
        LockSupport.parkNanos(afterNanos);
        process.destroyForcibly();
        Await.until(() -> !process.isAlive());
        assertThat(process.exitValue()).as("0 is done, 137 is killed").isIn(0, 137);
        if (process.exitValue() == 0) {
            return false;
        }
        stepsDoneAtKill.add(stepsDone(database));
        return true;
    }

    private static int stepsDone(TestDatabase database) {
        return Ledger.exists(database.session)
                ? Math.toIntExact(database.number("SELECT count(*) FROM godwit.step WHERE state = 'done'"))
                : 0;
    }

    private static String expected() {
        return ROWS
                + " touched, 1 note, after the backfill, after the table, end, orders_number true, orders_pkey true,"
                + " orders_total true, 1, finished " + STEPS + ", 0123456 done, 1 event";
    }

    private static TestDatabase prepared() {
        TestDatabase database = new TestDatabase(TestClusters.freshDatabase(18));
        database.session.execute("CREATE TABLE marker (text text);"
                + "CREATE TABLE orders (id bigint PRIMARY KEY, number bigint, total int, touched int DEFAULT 0)"
                + " WITH (autovacuum_enabled = off);"
                + "INSERT INTO orders SELECT n, n, n % 1000 FROM generate_series(1, " + ROWS + ") n");
        return database;
    }

    /// The next process starts up while this one works: on a busy machine that takes longer than the migration.
    private Process begin(TestDatabase database) throws IOException {
        while (warm.size() < 2) {
            warm.add(start());
        }
        Process process = warm.remove();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        awaitLine(output, "ready");
        try (OutputStream input = process.getOutputStream()) {
            input.write(database.secretUrl.getBytes(StandardCharsets.UTF_8));
        }
        awaitLine(output, "begun");
        return process;
    }

    private static void awaitLine(BufferedReader output, String word) throws IOException {
        String line = output.readLine();
        if (!word.equals(line)) {
            throw new IllegalStateException("the child said " + line + " instead of " + word);
        }
    }

    private static Process start() {
        try {
            return new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xshare:auto",
                            "-cp",
                            ManagementFactory.getRuntimeMXBean().getClassPath(),
                            CrashApplication.class.getName())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
