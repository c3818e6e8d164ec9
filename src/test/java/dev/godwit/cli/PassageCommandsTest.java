package dev.godwit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.CliProject.Outcome;
import dev.godwit.staging.TestClusters;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A migration's way from file to exit criteria, command by command, on a real server.
class PassageCommandsTest {
    private static final String NOTE = "CREATE TABLE note (id bigint PRIMARY KEY, body text);\n";

    @TempDir
    private Path directory = Path.of("");

    private String url = "";
    private CliProject project = CliProject.at(directory);

    @BeforeEach
    void initialise() {
        url = TestClusters.freshDatabase(18);
        TestClusters.execute(
                url,
                "CREATE TABLE customer (id bigint PRIMARY KEY, name text NOT NULL);"
                        + "INSERT INTO customer SELECT i, 'c' || i FROM generate_series(1, 200) i; ANALYZE customer");
        project = CliProject.at(directory).with("SHOP", url);
        passes("init", "--production", "env:SHOP");
    }

    private Outcome ends(int exitCode, String... arguments) {
        Outcome outcome = project.run(arguments);
        assertThat(outcome.exitCode())
                .as(String.join(" ", arguments) + "\n" + outcome.all())
                .isEqualTo(exitCode);
        String secret = URI.create(url).getRawUserInfo().split(":", 2)[1];
        assertThat(outcome.all()).doesNotContain(":" + secret + "@", "\u001b", "\r", "mistake in Godwit");
        return outcome;
    }

    private Outcome passes(String... arguments) {
        return ends(ExitCode.OK, arguments);
    }

    private static JsonNode document(Outcome outcome) {
        return JsonMapper.shared().readTree(outcome.out());
    }

    private void writeMigration(String name, String up, String down) {
        project.write(name + ".sql", up);
        passes("new", name, "--sql", name + ".sql");
        project.write(project.files("down").getLast(), down);
    }

    private Outcome rehearse() {
        return project.run("rehearse", "--traffic-rate", "50", "--format", "json");
    }

    private JsonNode status() {
        return document(project.run("status", "--format", "json"));
    }

    @Test
    void aMigrationGoesTheWholeWayAndBack() {
        writeMigration("add_note", NOTE, "DROP TABLE note;\n");
        passes("check");
        JsonNode evidence = document(rehearse()).get(0);
        assertThat(evidence.propertyNames())
                .contains("migration", "digest", "framework", "postgres", "schemaBefore", "schemaAfter", "staging")
                .contains("runs", "statements", "traffic", "rollback", "forecast", "risk", "verdict", "exitCriteria");
        assertThat(evidence.get("verdict").asString()).isEqualTo("pass");
        assertThat(passes("apply", "--dry-run").out()).contains("gate evidence: open", "CREATE TABLE note");
        assertThat(document(passes("apply", "--dry-run", "--format", "json"))).hasSize(1);
        assertThat(status().get("pending")).hasSize(1);

        passes("apply", "--no-watch");
        assertThat(document(passes("apply", "--no-watch", "--format", "json"))).isEmpty();
        assertThat(status().get("applied")).hasSize(1);
        assertReports();

        ends(ExitCode.ROLLED_BACK, "rollback");
        assertThat(status().get("applied")).isEmpty();
        assertThat(status().get("pending")).hasSize(1);
    }

    @Test
    void aRehearsalTakesRunsAndTrafficFromFlagsOrFile() {
        writeMigration("add_note", NOTE, "DROP TABLE note;\n");
        project.write("sql/shop.sql", "SELECT name FROM customer WHERE id = 1 + (random() * 100)::int;\n");
        String[] quick = {"rehearse", "--traffic-rate", "50", "--format", "json", "--runs", "2"};
        JsonNode none = document(ends(ExitCode.REFUSED, join(quick, "--traffic", "none")))
                .get(0);
        assertThat(none.get("runs").asInt()).isEqualTo(2);
        assertThat(none.get("traffic").get("source").asString()).isEqualTo("none");
        assertThat(ends(ExitCode.REFUSED, "apply", "--no-watch").err()).contains("no traffic ran");

        JsonNode typed =
                document(passes(join(quick, "--traffic", "sql/shop.sql"))).get(0);
        assertThat(typed.get("traffic").get("source").asString()).isEqualTo("shop.sql");
        assertThat(typed.get("traffic").get("queries").asInt()).isPositive();

        project = project.with("GODWIT_RUNS", "1").with("GODWIT_TRAFFIC", "catalog");
        JsonNode inEnvironment = document(rehearse()).get(0);
        assertThat(inEnvironment.get("runs").asInt()).isEqualTo(1);
        assertThat(inEnvironment.get("traffic").get("source").asString()).isEqualTo("catalog");
    }

    private static String[] join(String[] arguments, String... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }

    private void assertReports() {
        JsonNode report = document(ends(ExitCode.REFUSED, "report", "--format", "json"));
        assertThat(report.propertyNames()).contains("migration", "criteria", "met", "next");
        assertThat(report.get("criteria")).hasSize(7);
        assertThat(report.get("criteria").get(6).get("state").asString()).isEqualTo("unknown");
        assertThat(ends(ExitCode.REFUSED, "report").out()).contains("add_note");
        assertThat(ends(ExitCode.REFUSED, "report", "--format", "markdown").out())
                .contains("add_note`", "- [x] 1.", "- [ ] 7.");
    }

    @Test
    void aWatchOverAnIdleDatabaseDecidesNothing() {
        writeMigration("add_note", NOTE, "DROP TABLE note;\n");
        rehearse();
        Outcome applied = ends(ExitCode.REFUSED, "apply", "--baseline", "3s", "--watch", "3s");
        assertThat(applied.out()).contains("inconclusive");
        JsonNode report = document(ends(ExitCode.REFUSED, "report", "--format", "json"));
        assertThat(report.get("criteria").get(6).get("state").asString()).isEqualTo("unknown");
        assertThat(report.get("criteria")
                        .valueStream()
                        .limit(6)
                        .map(c -> c.get("state").asString()))
                .containsOnly("met");
    }

    @Test
    void whatFailedItsRehearsalIsRefusedAndProductionKeepsItsSchema() {
        writeMigration("drop_name", "ALTER TABLE customer ADD COLUMN note text;\n", "SELECT 1;\n");
        assertThat(rehearse().exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(ends(ExitCode.REFUSED, "apply", "--no-watch").err()).contains("to do:");
        assertUnchanged();
    }

    @Test
    void whatChangedSinceItsRehearsalIsRefused() {
        writeMigration("add_note", NOTE, "DROP TABLE note;\n");
        assertThat(rehearse().exitCode()).isEqualTo(ExitCode.OK);
        project.write(project.files("up").getLast(), NOTE.replace("body text", "body varchar(9)"));
        assertThat(ends(ExitCode.REFUSED, "apply", "--no-watch").err())
                .contains("changed since the rehearsal", "godwit rehearse");
        assertUnchanged();
    }

    @Test
    void anotherSchemaThanTheRehearsedIsRefused() {
        writeMigration("add_note", NOTE, "DROP TABLE note;\n");
        assertThat(rehearse().exitCode()).isEqualTo(ExitCode.OK);
        TestClusters.execute(url, "ALTER TABLE customer ADD COLUMN mail text");
        assertThat(ends(ExitCode.REFUSED, "apply", "--no-watch").err())
                .contains("schema is not the one that was rehearsed", "godwit rehearse");
        assertUnchanged();
    }

    private void assertUnchanged() {
        JsonNode status = status();
        assertThat(status.get("applied")).isEmpty();
        assertThat(status.get("unfinished")).isEmpty();
        TestClusters.execute(url, "CREATE TABLE note (id int)");
    }

    @Test
    void everyHelpFitsOnAScreenAndHasAnExample() {
        for (String command : List.of(
                "demo",
                "init",
                "new",
                "check",
                "rehearse",
                "apply",
                "status",
                "watch",
                "rollback",
                "report",
                "config",
                "completion")) {
            String help = passes(command, "--help").out();
            assertThat(help.lines().count()).as(help).isLessThanOrEqualTo(30);
            assertThat(help.lines()).as(help).allMatch(line -> line.length() <= 100);
            assertThat(help).containsIgnoringCase("example");
        }
        assertThat(passes("--help").out().lines().count()).isLessThanOrEqualTo(30);
    }

    @Test
    void quietSaysOnlyTheResult() {
        writeMigration("add_note", NOTE, "DROP TABLE note;\n");
        assertThat(passes("status", "--quiet").err()).isEmpty();
        assertThat(passes("rehearse", "--quiet", "--traffic-rate", "50").err()).isEmpty();
    }
}
