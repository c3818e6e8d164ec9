package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.execute.CrashAttempt.Outside;
import dev.godwit.source.Direction;
import dev.godwit.staging.EmbeddedPostgres.Request;
import dev.godwit.staging.StoppableServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A migration of every kind of step and its way back, under traffic, meet death in four ways at random moments: Godwit
/// is killed (-9), its backends are, the server stops at once, the network is cut in the middle of a message. Each time
/// the next run goes on, and in the end every row was changed exactly once, and what the traffic wrote is all there.
///
/// The moments are aimed by progress, not by the clock: a death draws the step to wait for and then how far to go into
/// it, because where one step takes all of the time, every moment drawn from the whole would fall into that one.
class CrashTest {
    /// `./dev bench crash` takes 500.
    private static final int DEATHS = Integer.getInteger("godwit.crash.deaths", 28);

    /// As many hit more than one step, whatever the seed.
    private static final int ENOUGH = 20;

    /// Another seed: `-Dgodwit.seed=…`.
    private static final long SEED = Long.getLong("godwit.seed", 20_261_122L);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path SUMMARY = Path.of("target", "crash.txt");

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<Death> ahead = new ArrayList<>();
    private final Deque<Outside> warm = new ArrayDeque<>();
    private final Map<Death, Map<String, Integer>> hits = new EnumMap<>(Death.class);
    private final Map<String, Integer> complaints = new TreeMap<>();
    private int scenes;
    private long commits;
    private long wholeNanos;

    @AfterEach
    void stopProcesses() {
        warm.forEach(Outside::kill);
    }

    @Test
    void whateverDiesTheNextRunGoesOnAndEachRowIsChangedExactlyOnce() throws IOException {
        for (int i = 0; i < DEATHS; i++) {
            ahead.add(Death.values()[i % Death.values().length]);
        }
        Stopwatch took = Stopwatch.start();
        try (StoppableServer server = StoppableServer.start(new Request(18, Map.of("synchronous_commit", "on")));
                Relay relay = Relay.to(URI.create(server.url("postgres")).getPort())) {
            CrashScene.prepare(server);
            undisturbed(server, relay);
            while (!ahead.isEmpty()) {
                scene(server, relay);
            }
        }
        summarize(took.elapsed());
        assertThat(hits.values())
                .as("deaths hit different steps: %s", hits)
                .allMatch(steps -> steps.size() > 1 || DEATHS < ENOUGH);
    }

    private void undisturbed(StoppableServer server, Relay relay) {
        try (CrashScene scene = new CrashScene(server, relay, "undisturbed", random.split())) {
            Stopwatch took = Stopwatch.start();
            CrashApplication.run(scene.url(), Direction.UP);
            wholeNanos = took.elapsed().toNanos();
            scene.assertDone(Direction.UP, "undisturbed");
        }
    }

    private void scene(StoppableServer server, Relay relay) {
        try (CrashScene scene = new CrashScene(server, relay, "crash_" + scenes++, random.split())) {
            if (random.nextBoolean()) {
                CrashScene.execute(
                        scene.url(), "ALTER DATABASE crash_" + (scenes - 1) + " SET synchronous_commit = off");
            }
            for (Direction direction : Direction.values()) {
                dieUntilComplete(scene, direction);
                CrashApplication.run(scene.url(), direction);
                scene.assertDone(direction, why());
                scene.flush();
            }
            commits += scene.assertMirrored(why());
        }
    }

    private String why() {
        return "seed " + SEED + ", scene " + scenes + ", " + ahead.size() + " deaths ahead";
    }

    /// Each death leaves what the one before it left and a little more, until one attempt may come to the end: on a
    /// busy machine none would by itself.
    private void dieUntilComplete(CrashScene scene, Direction direction) {
        boolean died = true;
        while (died && !ahead.isEmpty()) {
            Death first = ahead.get(random.nextInt(ahead.size()));
            CrashAttempt attempt =
                    first == Death.GODWIT ? process().ordered(scene, direction) : CrashAttempt.inside(scene, direction);
            died = dies(scene, direction, attempt, first);
        }
    }

    /// A run that lives on after the first death may meet others.
    ///
    /// @return whether it did not come to its end by itself
    private boolean dies(CrashScene scene, Direction direction, CrashAttempt attempt, Death first) {
        Death death = first;
        while (befalls(scene, direction, attempt, death)) {
            List<Death> others =
                    ahead.stream().filter(other -> other != Death.GODWIT).toList();
            if (death == Death.GODWIT || others.isEmpty()) {
                break;
            }
            death = others.get(random.nextInt(others.size()));
        }
        Await.until(PATIENCE, () -> !attempt.running());
        attempt.complaint().ifPresent(said -> complaints.merge(said, 1, Integer::sum));
        return attempt instanceof Outside outside
                ? outside.process().exitValue() != 0
                : attempt.complaint().isPresent();
    }

    /// @return false when it had ended before
    private boolean befalls(CrashScene scene, Direction direction, CrashAttempt attempt, Death death) {
        int steps = CrashApplication.work(direction).steps().size();
        int target = random.nextInt(scene.stepsDone(direction), steps + 1);
        Await.until(PATIENCE, () -> (target < steps && scene.stepsDone(direction) >= target) || !attempt.running());
        LockSupport.parkNanos(random.nextLong(wholeNanos >> random.nextInt(2, 10)));
        if (!attempt.running()) {
            return false;
        }
        int done = scene.stepsDone(direction);
        death.befall(scene, attempt, random);
        ahead.remove(death);
        hits.computeIfAbsent(death, _ -> new TreeMap<>()).merge(direction.word() + " " + done, 1, Integer::sum);
        return true;
    }

    /// The next processes start up while this one works: on a busy machine that takes longer than the migration.
    private Outside process() {
        while (warm.size() < 2) {
            warm.add(Outside.started());
        }
        return warm.remove();
    }

    private void summarize(Duration took) throws IOException {
        StringBuilder text =
                new StringBuilder("seed %d: %d of %d deaths resumed, in %d migrations applied and taken back, in %d s\n"
                        .formatted(SEED, DEATHS - ahead.size(), DEATHS, scenes, took.toSeconds()));
        text.append("mirror: every row agrees after %,d transactions of traffic; nothing twice\n".formatted(commits));
        hits.forEach((death, steps) -> text.append("%-8s %3d deaths, after steps done: %s\n"
                .formatted(
                        death.name().toLowerCase(Locale.ROOT),
                        steps.values().stream().mapToInt(Integer::intValue).sum(),
                        steps)));
        complaints.forEach((said, times) -> text.append("%4d × %s\n".formatted(times, said)));
        Files.createDirectories(SUMMARY.getParent());
        Files.writeString(SUMMARY, text);
    }
}
