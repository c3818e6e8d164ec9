package dev.godwit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.CliProject.Outcome;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.staging.TestClusters;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Any command that migrates, with psql and the shell as the commands.
class ToolRehearsalTest {
    private static final String SHOP = "CREATE TABLE orders (id bigint PRIMARY KEY, status text);"
            + "INSERT INTO orders SELECT i, 'new' FROM generate_series(1, 500) i; ANALYZE orders;"
            + "CREATE TABLE goose_db_version (id serial PRIMARY KEY, version_id bigint);"
            + "INSERT INTO goose_db_version (version_id) VALUES (7)";

    @TempDir
    private Path directory = Path.of("");

    private String production = "";
    private CliProject project = CliProject.at(directory);

    @BeforeEach
    void shop() {
        production = TestClusters.freshDatabase(18);
        on(production, SHOP);
        project = new CliProject(directory, System.getenv())
                .patient()
                .with("SHOP", production)
                .with("GODWIT_PRODUCTION", "env:SHOP")
                .write("godwit.toml", "traffic_rate = 20\n")
                .write("up.sql", """
                        BEGIN;
                        ALTER TABLE orders ADD region text DEFAULT 'north';
                        INSERT INTO goose_db_version (version_id) VALUES (8);
                        COMMIT;
                        CREATE INDEX CONCURRENTLY orders_region ON orders (region);
                        """)
                .write("down.sql", """
                        ALTER TABLE orders DROP region;
                        DELETE FROM goose_db_version WHERE version_id = 8;
                        """);
    }

    private static void on(String url, String sql) {
        try (Session session = Session.open(DatabaseUrl.parse(url, Map.of()), "test")) {
            session.execute(sql);
        }
    }

    private static long count(String url, String query) {
        try (Session session = Session.open(DatabaseUrl.parse(url, Map.of()), "test")) {
            return session.queryOne("SELECT (" + query + ") AS n", row -> row.number("n"))
                    .orElseThrow();
        }
    }

    /// On a database that somebody else made, which saves a server.
    private Outcome rehearseOnGiven(String... arguments) {
        String staging = TestClusters.freshDatabase(18);
        on(staging, SHOP);
        String[] all = Stream.concat(Stream.of("rehearse", "--staging", staging), Stream.of(arguments))
                .toArray(String[]::new);
        Outcome outcome = project.run(all);
        assertThat(outcome.all()).doesNotContain(secret(staging), "mistake in Godwit");
        return clean(outcome);
    }

    private Outcome clean(Outcome outcome) {
        assertThat(outcome.all()).doesNotContain(secret(production), "mistake in Godwit");
        assertThat(count(production, "SELECT count(*) FROM pg_attribute WHERE attname = 'region'"))
                .as("production is only read")
                .isZero();
        return outcome;
    }

    private static String secret(String url) {
        return ":" + URI.create(url).getRawUserInfo().split(":", 2)[1] + "@";
    }

    @Test
    void aCommandWithItsDownIsRehearsedLikeAnyMigration() {
        Outcome outcome = clean(project.run(
                "rehearse",
                "--format",
                "json",
                "--name",
                "add_region",
                "--down",
                "psql -qX -v ON_ERROR_STOP=1 -f down.sql",
                "--",
                "psql",
                "-qX",
                "-v",
                "ON_ERROR_STOP=1",
                "-f",
                "up.sql"));
        assertThat(outcome.exitCode()).as(outcome.all()).isZero();
        JsonNode evidence = JsonMapper.shared().readTree(outcome.out()).get(0);
        assertThat(evidence.get("framework").asString()).isEqualTo("command");
        assertThat(evidence.get("verdict").asString()).isEqualTo("pass");
        assertThat(evidence.get("statements")
                        .valueStream()
                        .map(one -> one.get("sql").asString()))
                .containsExactly(
                        "ALTER TABLE orders ADD region text DEFAULT 'north'",
                        "CREATE INDEX CONCURRENTLY orders_region ON orders (region)");
        assertThat(evidence.get("statements").get(0).get("locks").toString()).contains("ACCESS EXCLUSIVE");
        assertThat(evidence.get("rollback").get("schemaRestored").asBoolean()).isTrue();
        assertThat(project.texts())
                .containsKey("godwit/evidence/add_region.json")
                .hasEntrySatisfying(
                        "godwit/runbooks/add_region.md",
                        text -> assertThat(text)
                                .contains("psql -qX -v ON_ERROR_STOP=1 -f down.sql")
                                .doesNotContain("godwit apply"));
    }

    @Test
    void withoutADownTheRollbackIsNotProvedAndThatIsRefused() {
        Outcome outcome = rehearseOnGiven("--", "psql", "-qX", "-v", "ON_ERROR_STOP=1", "-f", "up.sql");
        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(ExitCode.REFUSED);
        assertThat(outcome.out())
                .contains(
                        "FAIL", "no down is known, so the rollback is not proved", "ACCESS EXCLUSIVE on public.orders");
        assertThat(project.texts().toString()).contains("\"1\" : \"notMet\"", "**Not known.**");
    }

    @Test
    void whatCannotBeMeantIsAMistakeOfUsage() {
        assertThat(project.run("rehearse", "add_region", "--", "psql").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(project.run("rehearse", "--down", "psql").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(project.run("rehearse", "--").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(project.run("rehearse", "--timeout", "soon", "--", "psql").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(project.texts()).doesNotContainKey("godwit/evidence");
    }

    @Test
    void aCommandThatChangesNothingHasNothingToRehearse() {
        Outcome outcome = rehearseOnGiven("--", "psql", "-qXc", "SELECT count(*) FROM orders");
        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(ExitCode.REFUSED);
        assertThat(outcome.err()).contains("changed nothing");
        assertThat(project.texts().keySet()).noneMatch(name -> name.startsWith("godwit/"));
    }
}
