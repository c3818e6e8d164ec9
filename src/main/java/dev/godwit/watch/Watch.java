package dev.godwit.watch;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.watch.WatchSource.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Watches a database: reads the signals of every source once a second and lets the [Judge] compare after with before.
public final class Watch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final List<Probe> probes;

    private Watch(List<Probe> probes) {
        this.probes = probes;
    }

    /// Told after every reading.
    @FunctionalInterface
    public interface Progress {
        /// Shows nothing.
        Progress SILENT = (elapsed, total, moment) -> {};

        void seen(Duration elapsed, Duration total, Moment moment);
    }

    /// Opens every source that the target asks for.
    public static Watch open(WatchTarget target) {
        List<Probe> probes = new ArrayList<>();
        for (WatchSource source : sources().values()) {
            source.open(target).ifPresent(probes::add);
        }
        if (probes.isEmpty()) {
            throw Problem.usage("no source watches " + target.database().display())
                    .raise();
        }
        return new Watch(List.copyOf(probes));
    }

    /// @return by id; two sources of one id are a start-up error
    private static Map<String, WatchSource> sources() {
        return ServiceLoader.load(WatchSource.class).stream()
                .map(ServiceLoader.Provider::get)
                .collect(Collectors.toMap(WatchSource::id, Function.identity(), Watch::refuseTwo, TreeMap::new));
    }

    private static WatchSource refuseTwo(WatchSource one, WatchSource two) {
        throw new IllegalStateException("two watch sources are called " + one.id() + ": " + one + " and " + two);
    }

    /// Measures what is normal, best before the migration.
    Baseline baseline(Duration duration, Progress progress) {
        Window measured = observe(duration, progress).window();
        return new Baseline(measured, Window.history(read()));
    }

    /// What is normal by the server's own counters, where nothing was measured before the migration. It makes a poorer
    /// baseline: it holds other loads, and what happened since the migration.
    public Baseline history() {
        Reading reading = read();
        return new Baseline(Window.empty(reading.at()), Window.history(reading));
    }

    /// Watches for the time given and judges. An interrupt ends the watch early, which it then says.
    public WatchResult run(Baseline baseline, Duration duration, Progress progress) {
        return run(baseline, duration, Criteria.standard(), progress);
    }

    public WatchResult run(Baseline baseline, Duration duration, Criteria criteria, Progress progress) {
        Recorder recorder = observe(duration, progress);
        double asked = duration.toMillis() / 1e3;
        List<Finding> findings = Judge.judge(baseline, recorder.window(), asked, criteria);
        return new WatchResult(
                Judge.verdict(findings),
                Judge.reasons(findings),
                asked,
                baseline,
                recorder.window(),
                findings,
                recorder.series());
    }

    private Recorder observe(Duration duration, Progress progress) {
        Recorder recorder = new Recorder();
        long start = System.nanoTime();
        long total = duration.toNanos();
        long next = 0;
        while (!Thread.currentThread().isInterrupted()) {
            Moment moment = readInto(recorder);
            progress.seen(Duration.ofNanos(Math.min(total, System.nanoTime() - start)), duration, moment);
            if (next >= total) {
                break;
            }
            next = Math.min(total, next + EVERY.toNanos());
            sleepUntil(start + next);
        }
        return recorder;
    }

    private static void sleepUntil(long nanoTime) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Moment readInto(Recorder recorder) {
        try {
            return recorder.take(read());
        } catch (GodwitException unread) {
            return recorder.miss(Instant.now(), unread.problem().what());
        }
    }

    private Reading read() {
        return probes.stream().map(Probe::read).reduce(Reading::with).orElseThrow();
    }

    @Override
    public void close() {
        probes.forEach(Probe::close);
    }
}
