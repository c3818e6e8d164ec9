package dev.godwit.demo;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.execute.Cancellation;
import dev.godwit.passage.Passage;
import dev.godwit.passage.Production;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.source.Project;
import dev.godwit.source.framework.PlainSql;
import dev.godwit.staging.EmbeddedPostgres;
import dev.godwit.traffic.LatencyReport;
import dev.godwit.traffic.Load;
import dev.godwit.traffic.OpenLoop;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/// The whole passage on an embedded production: a shop with live traffic, one migration that is fine, one as it is
/// usually written, and the same in safe phases.
public final class Demo {
    /// Long enough for the judge to notice one failing query in a hundred at this rate; five minutes in real use.
    static final Duration WATCH = Duration.ofSeconds(10);

    private static final Load LOAD = new Load(200, 8);
    private static final Map<String, String> SETTINGS =
            Map.of("max_wal_size", "4GB", "shared_buffers", "512MB", "checkpoint_timeout", "30min");

    private final Options options;
    private final Narrator narrator;
    private final Cancellation cancellation;

    /// @param rows orders in the shop
    /// @param keep leave the project's directory with its evidence and runbooks
    public record Options(long rows, boolean keep) {
        public Options {
            if (rows < 1000) {
                throw new IllegalArgumentException("the demo wants 1,000 rows or more");
            }
        }
    }

    public Demo(Options options, Narrator narrator, Cancellation cancellation) {
        this.options = requireNonNull(options);
        this.narrator = requireNonNull(narrator);
        this.cancellation = requireNonNull(cancellation);
    }

    public DemoResult run() {
        long start = System.nanoTime();
        int major = PostgresVersion.NEWEST_MAJOR;
        narrator.stage("Production");
        narrator.meanwhile("starting an embedded PostgreSQL " + major);
        try (EmbeddedPostgres server = EmbeddedPostgres.start(new EmbeddedPostgres.Request(major, SETTINGS));
                DemoProject files = new DemoProject(options.keep())) {
            DatabaseUrl url = createShop(server);
            Passage passage = new Passage(new Production(url, new PlainSql(), Project.at(files.root())));
            DemoResult result = passage(url, passage, files, start);
            if (options.keep()) {
                narrator.line("The project, its evidence and its runbooks are in " + files.root());
            }
            return result;
        }
    }

    private DatabaseUrl createShop(EmbeddedPostgres server) {
        narrator.meanwhile(String.format(Locale.ROOT, "filling a shop with %,d orders", options.rows()));
        try (Session session = Session.open(DatabaseUrl.parse(server.url("postgres"), Map.of()), "godwit demo")) {
            session.execute("CREATE DATABASE shop");
        }
        DatabaseUrl url = DatabaseUrl.parse(server.url("shop"), Map.of());
        new Shop(url, options.rows()).fill();
        narrator.line(String.format(
                Locale.ROOT,
                "PostgreSQL %s, a shop of %,d orders with their lines, and %,d customers.",
                server.version(),
                options.rows(),
                Math.max(1, options.rows() / 10)));
        return url;
    }

    private DemoResult passage(DatabaseUrl url, Passage passage, DemoProject files, long start) {
        ShopWorkload workload = new ShopWorkload(options.rows());
        try (OpenLoop traffic = OpenLoop.start(url, workload, LOAD)) {
            narrator.line(
                    LOAD.ratePerSecond() + " queries a second of its users run from now to the end: look at orders,"
                            + " place orders, move them on.");
            DemoResult.Story story = new DemoPassage(passage, files, traffic, narrator, cancellation).tell();
            LatencyReport felt = traffic.stop();
            long lost = new Shop(url, options.rows()).rowsLost(workload.placed());
            double seconds = Math.round((System.nanoTime() - start) / 1e8) / 10.0;
            DemoResult result = new DemoResult(
                    story.naive(),
                    story.safe(),
                    new DemoResult.Traffic(felt.queries(), felt.failed()),
                    lost,
                    story.criteria(),
                    seconds);
            new DemoEnding(narrator).tell(result, story, felt);
            return result;
        }
    }
}
