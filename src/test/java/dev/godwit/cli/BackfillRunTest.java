package dev.godwit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.CliProject.Outcome;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.staging.TestClusters;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `godwit backfill run`, in a project that has nothing but backfills.
class BackfillRunTest {
    private static final String FILL = "UPDATE orders SET region = 'none' WHERE region IS NULL";

    @TempDir
    private Path directory = Path.of("");

    private final String url = TestClusters.freshDatabase(18);
    private final Session session = Session.open(DatabaseUrl.parse(url, Map.of()), "test");

    private CliProject project() {
        return new CliProject(directory, Map.of("GODWIT_PRODUCTION", url));
    }

    @BeforeEach
    void create() {
        session.execute("CREATE TABLE orders (id int PRIMARY KEY, region text, note text);"
                + "INSERT INTO orders SELECT n FROM generate_series(1, 2000) n; ANALYZE orders");
    }

    @AfterEach
    void close() {
        session.close();
    }

    private long number(String sql) {
        return session.queryOne("SELECT (" + sql + ")::bigint AS n", row -> row.number("n"))
                .orElseThrow();
    }

    private long filled() {
        return number("SELECT count(*) FROM orders WHERE region = 'none'");
    }

    @Test
    void aFileIsRunOnceUnlessItIsRunAgain() {
        CliProject project = project().write("godwit/backfills/fill.sql", "-- who: billing\n" + FILL + ";\n");

        Outcome dry = project.run("backfill", "run", "fill", "--dry-run");
        assertThat(dry.exitCode()).as(dry.all()).isZero();
        assertThat(dry.out()).contains("-- gate window: open", "-- gate blockers: open", FILL);
        assertThat(dry.out()).doesNotContain("version table");
        assertThat(filled()).isZero();

        Outcome done = project.run("backfill", "run", "fill");
        assertThat(done.exitCode()).as(done.all()).isZero();
        assertThat(done.out()).contains("done  backfill:fill");
        assertThat(filled()).isEqualTo(2000);

        session.execute("UPDATE orders SET region = NULL");
        Outcome before = project.run("backfill", "run", "godwit/backfills/fill.sql");
        assertThat(before.exitCode()).isZero();
        assertThat(before.out()).contains("backfill:fill was done 2").contains("--again");
        assertThat(filled()).isZero();
        assertThat(project.run("backfill", "run", "fill", "--again").exitCode()).isZero();
        assertThat(filled()).isEqualTo(2000);
    }

    @Test
    void anotherTextIsNotTakenForWhatWasBegun() {
        CliProject project = project().write("godwit/backfills/fill.sql", "-- godwit:backfill batch=100\n" + FILL);
        assertThat(project.run("backfill", "run", "fill").exitCode()).isZero();
        session.execute("UPDATE godwit.run SET closed_at = NULL, outcome = NULL");
        project.write("godwit/backfills/fill.sql", "UPDATE orders SET note = 'x' WHERE note IS NULL");

        Outcome refused = project.run("backfill", "run", "fill");
        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.err())
                .contains("backfill:fill is half done: another text", "godwit backfill run fill --again");
        assertThat(project.run("backfill", "run", "fill", "--again").exitCode()).isZero();
        assertThat(number("SELECT count(*) FROM orders WHERE note = 'x'")).isEqualTo(2000);
        assertThat(project.run("backfill", "status").out()).contains("no backfill is begun and not done");
    }

    @Test
    void whatDeletesNeedsASecondPerson() {
        CliProject project = project().write("godwit/backfills/old.sql", "DELETE FROM orders WHERE id <= 500");
        Outcome refused = project.run("backfill", "run", "old");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.err())
                .contains("approval: nobody else has approved this text", "godwit approve backfill:old");
        assertThat(number("SELECT count(*) FROM orders")).isEqualTo(2000);

        session.execute("CREATE ROLE second_person SUPERUSER LOGIN PASSWORD 'hush'");
        String theirs = url.replace(URI.create(url).getRawUserInfo(), "second_person:hush");
        Outcome approved = project.with("GODWIT_PRODUCTION", theirs).run("approve", "backfill:old");
        assertThat(approved.exitCode()).as(approved.all()).isZero();
        assertThat(approved.out()).contains("approved  backfill:old  by second_person");
        Outcome done = project.run("backfill", "run", "old");
        assertThat(done.exitCode()).as(done.all()).isZero();
        assertThat(number("SELECT count(*) FROM orders")).isEqualTo(1500);
        session.execute("DROP OWNED BY second_person; DROP ROLE second_person");
    }

    @Test
    void whatIsNoBackfillIsRefusedByPlaceAndRemedy() {
        Outcome none = project().run("backfill", "run", "fill");
        assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("there is no backfill fill", "godwit/backfills/NAME.sql");

        CliProject project = project()
                .write("godwit/backfills/two.sql", FILL + ";\n" + FILL)
                .write("godwit/backfills/join.sql", "UPDATE orders SET note = 'x' FROM orders o")
                .write("godwit/backfills/fill.sql", FILL);
        assertThat(project.run("backfill", "run", "fil").err()).contains("did you mean fill?");
        assertThat(project.run("backfill", "run", "two").err()).contains("a backfill is one statement, not 2");
        assertThat(project.run("backfill", "run", "join").err()).contains("only a plain UPDATE or DELETE");
        assertThat(project.run("backfill", "run", "fill", "--throttle", "wal_rat=5MB/s")
                        .err())
                .contains("there is no signal wal_rat", "did you mean wal_rate?");
        assertThat(project.run("backfill", "run", "fill", "--throttle", "wal_rate=fast")
                        .err())
                .contains("throttle.wal_rate: \"fast\" is no size a second", "it must be such as 50MB/s, or off");
        assertThat(filled()).isZero();
    }
}
