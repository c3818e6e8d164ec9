import dev.godwit.db.DatabaseException;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.execute.Cancellation;
import dev.godwit.execute.Connections;
import dev.godwit.execute.Ledger;
import dev.godwit.execute.RunContext;
import dev.godwit.execute.StepRunner;
import dev.godwit.execute.VersionBook;
import dev.godwit.execute.Work;
import dev.godwit.fact.FactContext;
import dev.godwit.fact.Facts;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.source.Direction;
import dev.godwit.source.Migration;
import dev.godwit.source.Script;
import dev.godwit.source.SqlForm;
import dev.godwit.source.TransactionMode;
import dev.godwit.staging.EmbeddedPostgres;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import dev.godwit.traffic.LatencyReport;
import dev.godwit.traffic.Load;
import dev.godwit.traffic.OpenLoop;
import dev.godwit.traffic.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Measures how a strong lock is got beside readers, and what it costs them.
static final int ROWS = 100_000;
static final double SOONEST_SECONDS = 30;

static EmbeddedPostgres postgres;
static int columns;

/// @param holders readers at work all the time; 0: one that reads for 3 s, every 10 s
/// @param mostMs what a query may wait more than it does when idle
record Scene(String name, int holders, double mostMs) {}

/// @param seconds the longest time until the lock was got and the change made
/// @param failed queries that ended in an error
record Felt(double idleMs, double longestMs, double seconds, long failed) {
    double above() {
        return longestMs - idleMs;
    }
}

interface Way {
    void alter(String url, String sql) throws Exception;
}

void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    Path work = Path.of(arguments[1]);
    List<Scene> scenes = List.of(
            new Scene("reader of 3 s", 0, 30),
            new Scene("4 readers of 50 ms", 4, 70),
            new Scene("8 readers of 50 ms", 8, 70),
            new Scene("16 readers of 50 ms", 16, 70));
    List<String> json = new ArrayList<>();
    boolean met = true;
    var request = new EmbeddedPostgres.Request(
            18, Map.of("fsync", "on", "synchronous_commit", "on", "shared_buffers", "512MB"));
    try (EmbeddedPostgres started = EmbeddedPostgres.start(request)) {
        postgres = started;
        sql("CREATE TABLE orders (id int PRIMARY KEY, note text)");
        sql("INSERT INTO orders SELECT i, md5(i::text) FROM generate_series(1, " + ROWS + ") AS i");
        sql("VACUUM ANALYZE orders");
        IO.println(String.format(
                Locale.ROOT, "%-20s %9s   %18s   %18s   %18s%n%-20s %9s   %9s %8s   %9s %8s   %9s %8s", "", "idle",
                "plain", "100 ms, retried", "godwit", "", "ms", "stall ms", "got s", "stall ms", "got s", "stall ms",
                "got s"));
        for (Scene scene : scenes) {
            Felt plain = felt(scene, rounds, (url, sql) -> plain(url, sql));
            Felt retried = felt(scene, rounds, (url, sql) -> retried(url, sql));
            Felt godwit = felt(scene, rounds, (url, sql) -> godwit(url, sql));
            boolean held = godwit.above() <= scene.mostMs()
                    && godwit.seconds() <= SOONEST_SECONDS
                    && godwit.failed() == 0;
            met &= held;
            IO.println(String.format(
                    Locale.ROOT, "%-20s %9.0f   %9.0f %8.1f   %9.0f %8.1f   %9.0f %8.1f%s", scene.name(),
                    godwit.idleMs(), plain.longestMs(), plain.seconds(), retried.longestMs(), retried.seconds(),
                    godwit.longestMs(), godwit.seconds(), held ? "" : "   missed"));
            json.add(String.format(
                    Locale.ROOT, "{\"scene\":\"%s\",\"plain\":%s,\"retried\":%s,\"godwit\":%s}", scene.name(),
                    json(plain), json(retried), json(godwit)));
        }
    }
    IO.println("floor: got within 30 s, no query over 30 ms (70 ms beside overlapping readers) above idle: "
            + (met ? "reached" : "missed"));
    Files.writeString(
            work.resolve("locks.json"),
            "{\"bench\":\"locks\",\"rounds\":" + rounds + ",\"met\":" + met + ",\"scenes\":["
                    + String.join(",\n", json) + "]}\n");
    System.exit(met ? 0 : 1);
}

static String json(Felt felt) {
    return String.format(
            Locale.ROOT, "{\"idleMs\":%.1f,\"stallMs\":%.1f,\"seconds\":%.2f,\"failed\":%d}", felt.idleMs(),
            felt.longestMs(), felt.seconds(), felt.failed());
}

static Felt felt(Scene scene, int rounds, Way way) throws Exception {
    String url = postgres.url("postgres");
    CountDownLatch over = new CountDownLatch(1);
    Semaphore reading = new Semaphore(0);
    List<Thread> holders = new ArrayList<>();
    for (int i = 0; i < Math.max(1, scene.holders()); i++) {
        int place = i;
        holders.add(Thread.ofPlatform().daemon().start(() -> hold(scene, place, url, over, reading)));
    }
    double longest = 0;
    try (OpenLoop traffic = OpenLoop.start(DatabaseUrl.parse(url, Map.of()), () -> requests(), new Load(2_000, 16))) {
        Thread.sleep(6_000); // connections, plans and the compiler get warm
        traffic.mark("idle");
        Thread.sleep(10_000);
        for (int round = 0; round < rounds; round++) {
            reading.drainPermits();
            reading.acquire();
            Thread.sleep(scene.holders() == 0 ? 500 : 200);
            traffic.mark("attempt " + round);
            long began = System.nanoTime();
            way.alter(url, "ALTER TABLE orders ADD COLUMN c" + ++columns + " int");
            longest = Math.max(longest, (System.nanoTime() - began) / 1e9);
            Thread.sleep(300); // those that waited are served
            traffic.mark("between");
        }
        LatencyReport report = traffic.stop();
        double stall = report.phases().stream()
                .filter(phase -> phase.name().startsWith("attempt"))
                .mapToDouble(LatencyReport.Phase::longestStallMs)
                .max()
                .orElseThrow();
        return new Felt(report.phase("idle").orElseThrow().longestStallMs(), stall, longest, report.failed());
    } finally {
        over.countDown();
        for (Thread holder : holders) {
            holder.join();
        }
    }
}

/// @param place among the readers, whose beginnings are spread over the 50 ms
static void hold(Scene scene, int place, String url, CountDownLatch over, Semaphore reading) {
    try (Session session = Session.open(DatabaseUrl.parse(url, Map.of()), "report")) {
        over.await(scene.holders() == 0 ? 0 : 50L * place / scene.holders(), TimeUnit.MILLISECONDS);
        String seconds = scene.holders() == 0 ? "3" : "0.05";
        do {
            session.execute("BEGIN; SELECT count(*) FROM orders WHERE id < 100");
            reading.release();
            session.execute("SELECT pg_sleep(" + seconds + "); COMMIT");
        } while (!over.await(scene.holders() == 0 ? 7_000 : 0, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
    }
}

static void plain(String url, String sql) {
    try (Session session = Session.open(DatabaseUrl.parse(url, Map.of()), "psql")) {
        session.execute(sql);
    }
}

/// As strong_migrations and its like do, and without giving up.
static void retried(String url, String sql) throws InterruptedException {
    try (Session session = Session.open(DatabaseUrl.parse(url, Map.of()), "psql")) {
        session.execute("SET lock_timeout = '100ms'");
        while (true) {
            try {
                session.execute(sql);
                return;
            } catch (DatabaseException e) {
                if (!e.sqlState().equals("55P03")) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }
}

static void godwit(String url, String sql) {
    DatabaseUrl database = DatabaseUrl.parse(url, Map.of());
    Connections connections = () -> Session.open(database, "godwit bench");
    new StepRunner(RunContext.of(connections, new Ledger("bench"), VersionBook.none(), new Cancellation("bench/locks")))
            .run(work("1" + columns, sql));
}

static Work work(String version, String sql) {
    Script up = new Script(Path.of("up.sql"), new SourceText("up.sql", sql));
    Migration migration = new Migration(version, "bench", up, Optional.empty(), TransactionMode.AUTO);
    ParsedScript parsed = Scripts.parse(up.text());
    FactContext context = FactContext.plain(PostgresVersion.ofMajor(18), TransactionMode.AUTO);
    return Work.of(SqlForm.of(migration), Direction.UP, parsed, Facts.of(parsed, context));
}

static List<Operation> requests() {
    return List.of(
            new Request("read", 4, (session, random) -> session.query(
                    "SELECT note FROM orders WHERE id = ?", row -> row.text("note"), random.nextInt(1, ROWS + 1))),
            new Request("change", 1, (session, random) -> session.update(
                    "UPDATE orders SET note = 'changed' WHERE id = ?", random.nextInt(1, ROWS + 1))));
}

interface Body {
    void run(Session session, SplittableRandom random);
}

record Request(String name, int weight, Body body) implements Operation {
    @Override
    public void run(Session session, SplittableRandom random) {
        body.run(session, random);
    }
}

static void sql(String text) {
    try (Session session = Session.open(DatabaseUrl.parse(postgres.url("postgres"), Map.of()), "bench")) {
        session.execute(text);
    }
}
