package dev.godwit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.SideBySide;
import dev.godwit.cli.CliProject.Outcome;
import dev.godwit.staging.EmbeddedPostgres;
import dev.godwit.staging.TestClusters;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What is wrong in files, on the command line or at the database ends with the exit code of `cli.md`, and with a text
/// that says what, where and what to do.
class BadInputTest {
    private static final String UP = "migrations/1_add_note.up.sql";
    private static final String DOWN = "migrations/1_add_note.down.sql";
    private static final String SQL = "CREATE TABLE note (id bigint PRIMARY KEY);\n";

    private static final String GRANT_USAGE = "GRANT USAGE ON SCHEMA \"public\" TO powerless; ";

    @TempDir
    private Path directory = Path.of("");

    private CliProject project = CliProject.at(directory);

    @BeforeEach
    void writeProject() {
        project = CliProject.at(directory).patient().write(UP, SQL).write(DOWN, "DROP TABLE note;\n");
    }

    private static Outcome error(Outcome outcome, int exitCode, String... words) {
        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(exitCode);
        assertThat(outcome.err()).contains(words).contains("to do:");
        assertThat(outcome.all()).doesNotContain("\tat ", "Exception", "mistake in Godwit", "\u001b");
        return outcome;
    }

    private static String freshDatabase() {
        return TestClusters.freshDatabase(18);
    }

    private Outcome runOn(String url, String... arguments) {
        return project.with("GODWIT_PRODUCTION", url).run(arguments);
    }

    @SideBySide
    void brokenSqlIsAFindingAtItsPlaceThatDoesNotHideTheOthers() {
        project.write("bad.sql", "SELECT 1;\nSELEC 2;\nDROP TABLE note;\n");
        Outcome outcome = project.run("check", "bad.sql");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(outcome.out()).contains("bad.sql:2:1", "syntax error", "3:1");
    }

    @SideBySide
    void brokenSqlStopsARehearsal() {
        project.write(UP, "CREATE TABLE note (id bigint PRIMARY KEY;\n");
        Outcome outcome = runOn(freshDatabase(), "rehearse", "--traffic-rate", "50");
        error(outcome, ExitCode.USAGE, UP + ":1", "syntax error", "nothing was run");
    }

    @SideBySide
    void brokenSqlStopsAnApply() {
        project.write(UP, "CREATE TABLE note (id bigint PRIMARY KEY;\n");
        error(runOn(freshDatabase(), "apply", "--no-watch"), ExitCode.REFUSED, UP + ":1", "refused");
    }

    @SideBySide
    void anEmptyFileIsNamed() {
        error(project.write("empty.sql", "").run("check", "empty.sql"), ExitCode.USAGE, "empty", "empty.sql");
        error(project.write(UP, "").run("check"), ExitCode.USAGE, "empty", UP);
    }

    @SideBySide
    void aMissingDownClosesTheGate() throws Exception {
        Files.delete(directory.resolve(DOWN));
        error(runOn(freshDatabase(), "apply", "--no-watch"), ExitCode.REFUSED, "no down", "no-op");
    }

    @SideBySide
    void aMissingDownIsRefusedByRehearsalAndRollbackToo() throws Exception {
        String url = freshDatabase();
        succeeds(runOn(url, "rehearse", "--traffic-rate", "50"));
        succeeds(runOn(url, "apply", "--no-watch"));
        Files.delete(directory.resolve(DOWN));
        ProductionState before = ProductionState.of(url);
        error(runOn(url, "rollback"), ExitCode.REFUSED, "1_add_note has no down", "no-op");
        assertThat(ProductionState.of(url)).isEqualTo(before);

        Outcome rehearsed = runOn(freshDatabase(), "rehearse", "--traffic-rate", "50");
        error(rehearsed, ExitCode.REFUSED, "1_add_note has no down", UP, "no-op");
    }

    @SideBySide
    void twoMigrationsOfOneVersionAreNamed() {
        project.write("migrations/1_other.up.sql", SQL).write("migrations/1_other.down.sql", SQL);
        error(project.run("check"), ExitCode.USAGE, "1_add_note", "1_other");
    }

    @SideBySide
    void aFileInLatin1IsNamedWithItsByteAndTheConversion() {
        project.write("latin.sql", "SELECT 1;\nSELECT 'é';\n".getBytes(StandardCharsets.ISO_8859_1));
        error(project.run("check", "latin.sql"), ExitCode.USAGE, "latin.sql:2:9", "0xE9", "iconv -f");
    }

    @SideBySide
    void aByteOrderMarkAndWindowsLineEndsAreNoFault() {
        project.write("windows.sql", "\uFEFFSELECT 1;\r\nCREATE INDEX ON orders (id);\r\n");
        Outcome outcome = project.run("check", "windows.sql");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(outcome.out()).contains("create-index-not-concurrent", "windows.sql:2:1");
        assertThat(outcome.out()).doesNotContain("syntax error");
    }

    @SideBySide
    void aNulByteIsNamedWithItsPlace() {
        project.write("nul.sql", "SELECT 1;\nSELECT '\0';\n");
        error(project.run("check", "nul.sql"), ExitCode.USAGE, "NUL", "nul.sql:2:9", "tr -d");
    }

    @SideBySide
    void anUnreachableDatabaseIsNamedWithoutThePassword() {
        Outcome outcome = runOn("postgresql://me:hush@127.0.0.1:1/shop", "status");
        error(outcome, ExitCode.DATABASE, "nothing answers at 127.0.0.1 port 1", "pg_isready");
        assertThat(outcome.all()).doesNotContain("hush");
    }

    @SideBySide
    void aWrongPasswordIsSaidAndNotShown() {
        Outcome outcome = runOn(loginAs(freshDatabase(), "postgres", "hush"), "status");
        error(outcome, ExitCode.DATABASE, "password", "PGPASSWORD");
        assertThat(outcome.all()).doesNotContain("hush");
    }

    @SideBySide
    void aRoleWithoutRightsGetsThereByDoingWhatItIsTold() {
        String url = freshDatabase();
        TestClusters.execute(url, "CREATE ROLE powerless LOGIN PASSWORD 'hush'");
        succeeds(runOn(url, "rehearse", "--traffic-rate", "50"));
        TestClusters.execute(
                url,
                "CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY);"
                        + "REVOKE CREATE ON SCHEMA public FROM PUBLIC; REVOKE USAGE ON SCHEMA public FROM PUBLIC");
        try {
            assertThat(told(url, "status"))
                    .containsExactly(GRANT_USAGE + "GRANT SELECT ON \"public\".\"schema_migrations\" TO powerless;");
            assertThat(told(url, "apply", "--no-watch"))
                    .containsExactly(
                            "CREATE SCHEMA godwit AUTHORIZATION \"powerless\";",
                            GRANT_USAGE
                                    + "GRANT SELECT, INSERT, DELETE ON \"public\".\"schema_migrations\" TO powerless;",
                            "GRANT USAGE, CREATE ON SCHEMA public TO powerless;");
            project.write("migrations/2_add_name.up.sql", "ALTER TABLE other ADD COLUMN name text;\n");
            project.write("migrations/2_add_name.down.sql", "ALTER TABLE other DROP COLUMN name;\n");
            TestClusters.execute(url, "CREATE TABLE other (id int)");
            succeeds(runOn(url, "rehearse", "--traffic-rate", "50"));
            assertThat(told(url, "apply", "--no-watch")).containsExactly("GRANT postgres TO powerless;");
        } finally {
            TestClusters.execute(url, "DROP OWNED BY powerless CASCADE; DROP ROLE powerless");
        }
    }

    @SideBySide
    void aRoleThatMayNotReadTheLedgerIsToldWhatToGrant() {
        String url = freshDatabase();
        succeeds(runOn(url, "rehearse", "--traffic-rate", "50"));
        succeeds(runOn(url, "apply", "--no-watch"));
        TestClusters.execute(
                url,
                "CREATE ROLE reader LOGIN PASSWORD 'hush';"
                        + "REVOKE ALL ON SCHEMA godwit FROM PUBLIC; GRANT SELECT ON schema_migrations TO reader");
        try {
            Outcome outcome = runOn(loginAs(url, "reader", "hush"), "status");
            error(outcome, ExitCode.DATABASE, "42501", "nothing was changed");
            TestClusters.execute(url, remedy(outcome));
            assertThat(succeeds(runOn(loginAs(url, "reader", "hush"), "status")).out())
                    .contains("1_add_note");
        } finally {
            TestClusters.execute(url, "DROP OWNED BY reader CASCADE; DROP ROLE reader");
        }
    }

    /// Types a command as the powerless role until it succeeds, and between does what the error says, as superuser.
    private List<String> told(String url, String... command) {
        List<String> remedies = new ArrayList<>();
        Outcome outcome = runOn(loginAs(url, "powerless", "hush"), command);
        while (outcome.exitCode() != ExitCode.OK && remedies.size() < 5) {
            error(outcome, ExitCode.DATABASE, "42501", "to do:");
            assertThat(outcome.all()).doesNotContain("hush");
            remedies.add(remedy(outcome));
            TestClusters.execute(url, remedies.getLast());
            outcome = runOn(loginAs(url, "powerless", "hush"), command);
        }
        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(ExitCode.OK);
        return remedies;
    }

    /// @return the SQL that the error tells somebody with the right to run once
    private static String remedy(Outcome outcome) {
        return outcome.err()
                .lines()
                .filter(line -> line.contains("to do:"))
                .map(line -> line.substring(line.indexOf("once: ") + "once: ".length()))
                .findFirst()
                .orElseThrow();
    }

    @SideBySide
    void aReadOnlyDatabaseIsNotChanged() {
        String url = freshDatabase();
        String name = URI.create(url).getPath().substring(1);
        Outcome rehearsed = runOn(url, "rehearse", "--traffic-rate", "50");
        assertThat(rehearsed.exitCode()).as(rehearsed.all()).isEqualTo(ExitCode.OK);
        TestClusters.execute(url, "ALTER DATABASE " + name + " SET default_transaction_read_only = on");
        error(runOn(url, "apply", "--no-watch"), ExitCode.DATABASE, "read-only");
    }

    @SideBySide
    void aStandbyIsReadAndNeverWritten() {
        try (EmbeddedPostgres primary = EmbeddedPostgres.start(EmbeddedPostgres.Request.of(18))) {
            String url = primary.url("postgres");
            succeeds(runOn(url, "rehearse", "--traffic-rate", "50"));
            succeeds(runOn(url, "apply", "--no-watch"));
            project.write("migrations/2_add_title.up.sql", "ALTER TABLE note ADD COLUMN title text;\n");
            project.write("migrations/2_add_title.down.sql", "ALTER TABLE note DROP COLUMN title;\n");
            succeeds(runOn(url, "rehearse", "--traffic-rate", "50"));
            try (EmbeddedPostgres standby = primary.standby()) {
                assertReadOnly(standby.url("postgres"));
            }
            assertThat(succeeds(runOn(url, "apply", "--no-watch")).err()).contains("2_add_title");
        }
    }

    private void assertReadOnly(String standby) {
        ProductionState before = ProductionState.of(standby);
        assertThat(before.ledger()).isNotEmpty();
        String[] promised = {"read-only standby", "nothing was changed", "the primary's URL with --production"};
        error(runOn(standby, "apply", "--no-watch"), ExitCode.DATABASE, promised);
        error(runOn(standby, "rollback"), ExitCode.DATABASE, promised);
        assertThat(ProductionState.of(standby)).isEqualTo(before);
        Outcome status = succeeds(runOn(standby, "status"));
        assertThat(status.out()).containsPattern("applied +1_add_note").containsPattern("pending +2_add_title");
        succeeds(runOn(standby, "check"));
        succeeds(runOn(standby, "rehearse", "--traffic-rate", "50"));
        error(runOn(standby, "apply", "--dry-run"), ExitCode.DATABASE, promised);
    }

    private static Outcome succeeds(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(ExitCode.OK);
        return outcome;
    }

    @SideBySide
    void aVersionTableOfGolangMigrateIsLeftAlone() {
        String url = freshDatabase();
        TestClusters.execute(
                url, "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL)");
        error(runOn(url, "status"), ExitCode.DATABASE, "golang-migrate", "public.schema_migrations", "version_table");
    }

    @SideBySide
    void aVersionTableOfRailsIsLeftAlone() {
        String url = freshDatabase();
        TestClusters.execute(
                url,
                "CREATE TABLE schema_migrations (version varchar PRIMARY KEY);"
                        + "CREATE TABLE ar_internal_metadata (key varchar PRIMARY KEY, value varchar)");
        error(runOn(url, "status"), ExitCode.DATABASE, "Rails", "public.schema_migrations", "version_table");
    }

    @SideBySide
    void anUnknownOptionCommandOrFormatIsAnsweredWithWhatThereIs() {
        error(project.run("check", "--fail-onn=error"), ExitCode.USAGE, "--fail-onn", "--fail-on");
        error(project.run("chekc"), ExitCode.USAGE, "chekc", "check");
        error(project.run("check", UP, "--format", "yaml"), ExitCode.USAGE, "yaml", "json");
        error(project.run("config", "--format", "yaml"), ExitCode.USAGE, "yaml", "json");
        error(project.run("check", UP, "--direction", "sideways"), ExitCode.USAGE, "sideways", "DOWN");
    }

    @SideBySide
    void trafficThatCannotRunIsRefusedBeforeAnythingDoes() {
        String url = freshDatabase();
        error(runOn(url, "rehearse", "--traffic", "shop.sql"), ExitCode.USAGE, "no such file", "shop.sql");
        project.write("shop.sql", "SELECT 1;\nSELEC 2;\n");
        error(runOn(url, "rehearse", "--traffic", "shop.sql"), ExitCode.USAGE, "syntax error", "shop.sql:2");
        project.write("shop.sql", "SELECT 1;\n\nDROP TABLE note;\n");
        error(runOn(url, "rehearse", "--traffic", "shop.sql"), ExitCode.USAGE, "no query", "shop.sql:3");
        project.write("shop.sql", "-- godwit:weight heavy\nSELECT 1;\n");
        error(runOn(url, "rehearse", "--traffic", "shop.sql"), ExitCode.USAGE, "\"heavy\"", "shop.sql:1");
        project.write("shop.sql", "-- nothing\n");
        error(runOn(url, "rehearse", "--traffic", "shop.sql"), ExitCode.USAGE, "no query", "shop.sql");
        project.write("shop.sql", "SELECT 1;\nSELECT body FROM note WHERE id = $1;\n");
        error(runOn(url, "rehearse", "--traffic", "shop.sql"), ExitCode.USAGE, "shop.sql:2", "before any migration");
        error(runOn(url, "rehearse", "--runs", "0"), ExitCode.USAGE, "runs", "--runs");
    }

    @SideBySide
    void anUnknownKeyOfTheConfigurationIsAnsweredWithTheNearest() {
        project.write("godwit.toml", "# settings\nfail_onn = \"error\"\n");
        error(project.run("config"), ExitCode.USAGE, "godwit.toml:2", "did you mean fail_on?");
    }

    private static String loginAs(String url, String user, String password) {
        return url.replaceFirst("//[^@]*@", "//" + user + ":" + password + "@");
    }
}
