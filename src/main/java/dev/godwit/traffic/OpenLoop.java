package dev.godwit.traffic;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Open-loop traffic: requests arrive at a fixed rate whether or not the database answers, as those of people do, and
/// each wait counts from the moment the request was due. So one stalled second at 200 requests a second is 200 slow
/// requests, not one slow request for each connection ("coordinated omission").
public final class OpenLoop implements Traffic {
    /// The phase that lasts from the start to the first [#mark]: connections and plans are still cold.
    public static final String WARM_UP = "warm-up";

    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final long SEED = 20_261_122;

    private final Load load;
    private final Stopwatch stopwatch = new Stopwatch(System::nanoTime);
    private final Arrivals arrivals;
    private final LatencyLog log = new LatencyLog(WARM_UP);
    private final List<Client> clients;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> defect = new AtomicReference<>();

    private OpenLoop(List<Client> clients, Load load) {
        this.load = load;
        this.clients = clients;
        this.arrivals = new Arrivals(stopwatch, load.ratePerSecond());
    }

    /// Opens every connection, then starts the clock.
    public static OpenLoop start(DatabaseUrl url, Workload workload, Load load) {
        OpenLoop loop = new OpenLoop(connect(url, new Mix(workload), load.connections()), load);
        for (Client client : loop.clients) {
            loop.threads.add(Thread.ofPlatform()
                    .daemon()
                    .name("traffic-", loop.threads.size())
                    .start(() -> loop.serve(client)));
        }
        return loop;
    }

    private static List<Client> connect(DatabaseUrl url, Mix mix, int connections) {
        SplittableRandom seeds = new SplittableRandom(SEED);
        List<Client> clients = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                clients.add(new Client(url, mix, seeds.split()));
            }
            return List.copyOf(clients);
        } catch (RuntimeException unreachable) {
            clients.forEach(Client::close);
            throw unreachable;
        }
    }

    private void serve(Client client) {
        try (client) {
            OptionalLong due = arrivals.take();
            while (due.isPresent()) {
                serve(client, due.getAsLong());
                due = arrivals.take();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error defective) {
            defect.compareAndSet(null, defective);
            arrivals.abort();
        }
    }

    private void serve(Client client, long due) {
        try {
            boolean gaveUp = stopwatch.nanos() - due > load.patience().toNanos();
            Optional<String> failure = gaveUp ? Optional.of(LatencyReport.GAVE_UP) : client.serve();
            log.answered(due, stopwatch.nanos(), failure);
        } finally {
            arrivals.done(due);
        }
    }

    /// A new phase begins now; marking an earlier name again continues that phase.
    @Override
    public void mark(String phase) {
        log.mark(phase, stopwatch.nanos());
        requireNoDefect();
    }

    /// Stops the arrivals and returns when every request that was due has its answer. The time line, the phases and
    /// the latencies do not see the pause.
    @Override
    public void pause() {
        boolean resting = uninterrupted(() -> arrivals.pause(load.patience().toNanos()));
        requireNoDefect();
        if (!resting) {
            arrivals.resume();
            throw Problem.database("the traffic did not come to rest in " + load.patience())
                    .leaving("traffic goes on")
                    .remedy("look for a session that holds a lock: select * from pg_locks where not granted")
                    .raise();
        }
    }

    @Override
    public void resume() {
        arrivals.resume();
        requireNoDefect();
    }

    /// What was felt until now; the traffic goes on. A request still waiting counts with its wait so far.
    public LatencyReport report() {
        requireNoDefect();
        return log.report(stopwatch.nanos(), arrivals.waiting());
    }

    /// Ends the traffic: what is due may still be answered within ten seconds or the load's patience, whichever is
    /// shorter; the rest is cancelled, and what was running then counts as failed.
    @Override
    public LatencyReport stop() {
        close();
        return report();
    }

    @Override
    public void close() {
        arrivals.resume();
        arrivals.stop();
        Duration patience = load.patience().compareTo(GRACE) < 0 ? load.patience() : GRACE;
        if (!ended(patience)) {
            arrivals.abort();
            clients.forEach(Client::cancel);
            ended(GRACE);
        }
        stopwatch.hold();
        requireNoDefect();
    }

    private boolean ended(Duration atMost) {
        long until = System.nanoTime() + atMost.toNanos();
        return uninterrupted(() -> {
            for (Thread thread : threads) {
                if (!thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())))) {
                    return false;
                }
            }
            return true;
        });
    }

    /// A waiting step that an interrupt ends.
    private interface Waiting {
        boolean await() throws InterruptedException;
    }

    private static boolean uninterrupted(Waiting waiting) {
        try {
            return waiting.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void requireNoDefect() {
        Throwable cause = defect.get();
        if (cause != null) {
            throw new IllegalStateException("an operation of the traffic is broken: " + cause, cause);
        }
    }
}
