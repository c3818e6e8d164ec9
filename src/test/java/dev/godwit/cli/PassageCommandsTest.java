package dev.godwit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.SideBySide;
import dev.godwit.cli.CliProject.Outcome;
import dev.godwit.staging.TestClusters;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A migration's way from file to exit criteria, command by command, on a real server.
class PassageCommandsTest {
    private static final String NOTE = "CREATE TABLE note (id bigint PRIMARY KEY, body text);\n";

    private static final JsonMapper ONE_DOCUMENT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// How every colour begins and ends; rewriting a line begins with it as well.
    private static final String COLOUR = "\u001b[0m";

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
        project = CliProject.at(directory).patient().with("SHOP", url);
        passes("init", "--production", "env:SHOP");
    }

    private Outcome ends(int exitCode, String... arguments) {
        Outcome outcome = project.run(arguments);
        assertThat(outcome.exitCode())
                .as(String.join(" ", arguments) + "\n" + outcome.all())
                .isEqualTo(exitCode);
        assertThat(outcome.all()).doesNotContain(secret(), "\u001b", "\r", "mistake in Godwit");
        return outcome;
    }

    private String secret() {
        return URI.create(url).getRawUserInfo().split(":", 2)[1];
    }

    /// In no evidence, runbook or setting, and nowhere in the ledger.
    private void assertKeptSecret() {
        Map<String, String> files = project.texts();
        assertThat(files.keySet())
                .contains("godwit.toml")
                .anyMatch(file -> file.startsWith("godwit/evidence/"))
                .anyMatch(file -> file.startsWith("godwit/runbooks/"));
        files.forEach((file, text) -> assertThat(text).as(file).doesNotContain(secret()));
        List<String> ledger = ProductionState.of(url).ledger();
        assertThat(ledger).hasSizeGreaterThan(3);
        ledger.forEach(row -> assertThat(row).doesNotContain(secret()));
    }

    private Outcome passes(String... arguments) {
        return ends(ExitCode.OK, arguments);
    }

    /// One document and nothing after it.
    private static JsonNode document(Outcome outcome) {
        return ONE_DOCUMENT.readTree(outcome.out());
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

    @SideBySide
    void aMigrationGoesTheWholeWayAndBack() {
        writeMigration("add_note", NOTE, "DROP TABLE note;\n");
        passes("check");
        JsonNode evidence = document(rehearse()).get(0);
        assertThat(evidence.propertyNames())
                .contains("migration", "digest", "framework", "postgres", "schemaBefore", "schemaAfter", "staging")
                .contains("runs", "statements", "traffic", "rollback", "forecast", "risk", "verdict", "exitCriteria")
                .contains("rehearsedAt", "peakBytes");
        assertThat(evidence.get("peakBytes").asLong()).isBetween(16_384L, 100_000_000L);
        assertThat(evidence.get("verdict").asString()).isEqualTo("pass");
        assertThat(passes("apply", "--dry-run").out())
                .contains("gate evidence: open", "gate disk: open, it needs about ", "CREATE TABLE note");
        assertThat(document(passes("apply", "--dry-run", "--format", "json"))).hasSize(1);
        assertThat(status().get("pending")).hasSize(1);

        passes("apply", "--no-watch");
        assertThat(document(passes("apply", "--no-watch", "--format", "json"))).isEmpty();
        assertThat(status().get("applied")).hasSize(1);
        assertReports();

        ends(ExitCode.ROLLED_BACK, "rollback");
        assertThat(status().get("applied")).isEmpty();
        assertThat(status().get("pending")).hasSize(1);
        assertKeptSecret();
    }

    @SideBySide
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

    @SideBySide
    void whatCountsAsASmallTableIsASetting() {
        writeMigration("index_name", "CREATE INDEX ON customer (name);\n", "DROP INDEX customer_name_idx;\n");
        assertThat(severity(passes("check", "--format", "json"))).isEqualTo("info");
        project = project.with("GODWIT_BACKFILL_ROWS", "199");
        assertThat(severity(ends(ExitCode.REFUSED, "check", "--format", "json")))
                .isEqualTo("error");
    }

    private static String severity(Outcome check) {
        JsonNode findings = document(check).get("files").get(0).get("findings");
        assertThat(findings).hasSize(1);
        return findings.get(0).get("severity").asString();
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

    @SideBySide
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

    @SideBySide
    void whatFailedItsRehearsalIsRefusedAndProductionKeepsItsSchema() {
        writeMigration("drop_name", "ALTER TABLE customer ADD COLUMN note text;\n", "SELECT 1;\n");
        assertThat(rehearse().exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(refusedAndUnchanged()).contains("refused");
    }

    @SideBySide
    void whatChangedSinceItsRehearsalIsRefused() {
        writeMigration("add_note", NOTE, "DROP TABLE note;\n");
        assertThat(rehearse().exitCode()).isEqualTo(ExitCode.OK);
        project.write(project.files("up").getLast(), NOTE.replace("body text", "body varchar(9)"));
        assertThat(refusedAndUnchanged()).contains("changed since the rehearsal", "godwit rehearse");
    }

    @SideBySide
    void anotherSchemaThanTheRehearsedIsRefused() {
        writeMigration("add_note", NOTE, "DROP TABLE note;\n");
        assertThat(rehearse().exitCode()).isEqualTo(ExitCode.OK);
        TestClusters.execute(url, "ALTER TABLE customer ADD COLUMN mail text");
        assertThat(refusedAndUnchanged())
                .contains("schema is not the one that was rehearsed on: table public.customer changed: + mail text")
                .contains("godwit rehearse");
    }

    @SideBySide
    void aRehearsalCountsForAWhile() {
        writeMigration("add_note", NOTE, "DROP TABLE note;\n");
        assertThat(rehearse().exitCode()).isEqualTo(ExitCode.OK);
        assertThat(ends(ExitCode.REFUSED, "apply", "--no-watch", "--apply-evidence-age", "1ms")
                        .err())
                .contains("evidence: rehearsed ", " s ago, and evidence counts for 0.0 s", "godwit rehearse");
        passes("apply", "--no-watch");
    }

    @SideBySide
    void aClosedWindowIsWaivedByNameAndTheLedgerKeepsTheReason() {
        writeMigration("add_note", NOTE, "DROP TABLE note;\n");
        assertThat(rehearse().exitCode()).isEqualTo(ExitCode.OK);
        project = project.with("GODWIT_APPLY_WINDOW", closedNow());
        assertThat(refusedAndUnchanged()).contains("window: it is", "--waive");
        assertThat(ends(ExitCode.USAGE, "apply", "--no-watch", "--waive", "windows=hurry")
                        .err())
                .contains("no gate \"windows\"", "the gates are rollback");
        assertThat(ends(ExitCode.USAGE, "apply", "--no-watch", "--waive", "window=")
                        .err())
                .contains("no reason");

        passes("apply", "--no-watch", "--waive", "window=the shop is closed");

        assertThat(ProductionState.of(url).ledger())
                .anySatisfy(row -> assertThat(row).contains("waived", "window", "the shop is closed"));
    }

    @SideBySide
    void whoeverWaivesTheRehearsalIsToldThatTheSchemaIsNotCompared() {
        writeMigration("add_note", NOTE, "DROP TABLE note;\n");

        Outcome applied = passes(
                "apply", "--no-watch", "--waive", "evidence=fire", "--waive", "verdict=fire", "--waive", "schema=fire");

        assertThat(applied.err())
                .contains("verified", "there is no evidence to compare the schema with, which was waived");
    }

    @SideBySide
    void whatProductionShowsClosesAGateThatAReasonOpens() {
        writeMigration("add_note", NOTE, "DROP TABLE note;\n");
        assertThat(rehearse().exitCode()).isEqualTo(ExitCode.OK);
        project = project.with("GODWIT_APPLY_DISK_FREE", "1kB");
        assertThat(refusedAndUnchanged()).contains("disk: it needs about", "free are 1 kB by apply.disk_free");
        assertThat(ends(ExitCode.REFUSED, "apply", "--dry-run").out())
                .contains("gate pooler: open", "gate blockers: open", "gate replicas: open", "gate disk: closed");

        passes("apply", "--no-watch", "--waive", "disk=it grows by itself");

        assertThat(ProductionState.of(url).ledger())
                .anySatisfy(row -> assertThat(row).contains("waived", "disk", "it grows by itself", "free are 1 kB"));
    }

    @SideBySide
    void whereNoBackfillRunsThereIsNothingToSteer() {
        assertThat(passes("backfill").out()).contains("no backfill is begun");
        assertThat(passes("backfill", "status", "--format", "json").out()).isEqualToIgnoringWhitespace("[]");
        assertThat(ends(ExitCode.REFUSED, "backfill", "pause").err()).contains("no backfill is begun", "godwit status");
        assertThat(ends(ExitCode.USAGE, "backfill", "paus").err()).contains("did you mean pause?");
    }

    @SideBySide
    void aSecondPersonApprovesByALoginOfTheirOwn() {
        writeMigration("add_note", NOTE, "DROP TABLE note;\n");
        ends(ExitCode.REFUSED, "approve", "add_note");
        assertThat(rehearse().exitCode()).isEqualTo(ExitCode.OK);
        project = project.with("GODWIT_APPLY_APPROVALS", "always");
        assertThat(refusedAndUnchanged()).contains("approval: nobody else has approved", "godwit approve");
        passes("approve", "add_note", "--reason", "my own");
        assertThat(ends(ExitCode.REFUSED, "apply", "--no-watch").err()).contains("nobody else has approved");

        TestClusters.execute(
                url,
                "CREATE ROLE second_person LOGIN PASSWORD 'hush'; GRANT USAGE ON SCHEMA godwit TO second_person;"
                        + "GRANT SELECT, INSERT ON godwit.approval TO second_person");
        String theirs = url.replace(URI.create(url).getRawUserInfo(), "second_person:hush");
        assertThat(passes("approve", "add_note", "--production", theirs).out()).contains("by second_person, risk");

        passes("apply", "--no-watch");
    }

    /// A minute, twelve hours from now.
    private static String closedNow() {
        LocalTime later = LocalTime.now(ZoneOffset.UTC).plusHours(12).truncatedTo(ChronoUnit.MINUTES);
        return later + "-" + later.plusMinutes(1) + " UTC";
    }

    /// Neither schema nor rows, ledger or version table.
    private String refusedAndUnchanged() {
        ProductionState before = ProductionState.of(url);
        String refusal = ends(ExitCode.REFUSED, "apply", "--no-watch").err();
        assertThat(refusal).contains("to do:");
        assertThat(ProductionState.of(url)).isEqualTo(before);
        assertThat(status().get("applied")).isEmpty();
        assertThat(status().get("unfinished")).isEmpty();
        return refusal;
    }

    @SideBySide
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

    @SideBySide
    void aTerminalGetsColourAndALineThatIsRewritten() {
        writeMigration("add_note", NOTE, "DROP TABLE note;\n");
        assertThat(project.runOnTerminal("status").out()).contains(COLOUR);
        Outcome rehearsed = project.runOnTerminal("rehearse", "--traffic-rate", "50");
        assertThat(rehearsed.out()).contains(COLOUR).doesNotContain("\r");
        assertThat(rehearsed.err()).contains("\r" + "\u001b[2K");
    }

    @SideBySide
    void onATerminalNoColorAndCiAndDumbAreHonoured() {
        writeMigration("add_note", NOTE, "DROP TABLE note;\n");
        CliProject plain = project;
        for (String variable : List.of("NO_COLOR", "CI", "TERM")) {
            project = plain.with(variable, variable.equals("TERM") ? "dumb" : "1");
            assertThat(project.runOnTerminal("status").all())
                    .as(variable)
                    .contains("add_note")
                    .doesNotContain("\u001b");
            assertThat(project.runOnTerminal("check").all()).as(variable).doesNotContain("\u001b");
            assertThat(project.runOnTerminal("no-such-command").all())
                    .as(variable)
                    .doesNotContain("\u001b");
            String rehearsed = project.runOnTerminal("rehearse", "--traffic-rate", "50", "--traffic", "none")
                    .all();
            assertThat(rehearsed).as(variable).doesNotContain(COLOUR);
            assertThat(rehearsed.contains("\r")).as(variable).isEqualTo(variable.equals("NO_COLOR"));
        }
    }

    @SideBySide
    void onATerminalJsonIsOnePlainDocumentAndQuietIsQuiet() {
        writeMigration("add_note", NOTE, "DROP TABLE note;\n");
        Outcome rehearsed = project.runOnTerminal("rehearse", "--traffic-rate", "50", "--format", "json");
        assertThat(document(rehearsed)).hasSize(1);
        assertThat(rehearsed.out()).doesNotContain("\u001b", "\r");
        assertThat(document(project.runOnTerminal("status", "--format", "json")).get("pending"))
                .hasSize(1);
        assertThat(document(project.runOnTerminal("check", "--format", "json")).get("files"))
                .hasSize(1);
        assertThat(project.runOnTerminal("rehearse", "--traffic-rate", "50", "--quiet")
                        .err())
                .isEmpty();
    }

    @SideBySide
    void quietSaysOnlyTheResult() {
        writeMigration("add_note", NOTE, "DROP TABLE note;\n");
        assertThat(passes("status", "--quiet").err()).isEmpty();
        assertThat(passes("rehearse", "--quiet", "--traffic-rate", "50").err()).isEmpty();
    }
}
