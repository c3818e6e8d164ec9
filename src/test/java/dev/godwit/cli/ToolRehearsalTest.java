package dev.godwit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.SideBySide;
import dev.godwit.cli.CliProject.Outcome;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.staging.TestClusters;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Any command that migrates, with psql and the shell as the commands.
class ToolRehearsalTest {
    private static final String SHOP = "CREATE TABLE orders (id bigint PRIMARY KEY, status text);"
            + "INSERT INTO orders SELECT i, 'new' FROM generate_series(1, 500) i; ANALYZE orders;"
            + "CREATE TABLE goose_db_version (id serial PRIMARY KEY, version_id bigint);"
            + "INSERT INTO goose_db_version (version_id) VALUES (7)";

    private static final String OTHERS =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";

    @TempDir
    private Path directory = Path.of("");

    @TempDir
    private Path beside = Path.of("");

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

    @SideBySide
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

    @SideBySide
    void withoutADownTheRollbackIsNotProvedAndThatIsRefused() {
        Outcome outcome = rehearseOnGiven("--", "psql", "-qX", "-v", "ON_ERROR_STOP=1", "-f", "up.sql");
        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(ExitCode.REFUSED);
        assertThat(outcome.out())
                .contains(
                        "FAIL", "no down is known, so the rollback is not proved", "ACCESS EXCLUSIVE on public.orders");
        assertThat(project.texts().toString()).contains("\"1\" : \"notMet\"", "**Not known.**");
    }

    @SideBySide
    void whatCannotBeMeantIsAMistakeOfUsage() {
        assertThat(project.run("rehearse", "add_region", "--", "psql").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(project.run("rehearse", "--down", "psql").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(project.run("rehearse", "--").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(project.run("rehearse", "--timeout", "soon", "--", "psql").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(project.texts()).doesNotContainKey("godwit/evidence");
    }

    @SideBySide
    void aCommandThatChangesNothingHasNothingToRehearse() {
        Outcome outcome = rehearseOnGiven("--", "psql", "-qXc", "SELECT count(*) FROM orders");
        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(ExitCode.REFUSED);
        assertThat(outcome.err()).contains("changed nothing");
        assertThat(project.texts().keySet()).noneMatch(name -> name.startsWith("godwit/"));
    }

    /// A command that has an address of its own, which it uses once it is rehearsed: when it was learnt, it did not.
    @SideBySide
    void aCommandThatWentToProductionWhileItWasRehearsedLeavesNoEvidence() {
        project.write("address", production).write("up.sh", """
                psql -qX -v ON_ERROR_STOP=1 -f up.sql || exit
                if test -e "$1"; then
                    psql "$(cat address)" -qXc 'ALTER TABLE orders ADD stray int'
                fi
                touch "$1"
                """);
        Outcome outcome =
                rehearseOnGiven("--", "sh", "up.sh", beside.resolve("learnt").toString());
        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(ExitCode.REFUSED);
        assertThat(outcome.err())
                .contains("production's schema has changed during the rehearsal", "no evidence was written")
                .contains("look whether the command has an address of its own");
        assertThat(project.texts().keySet()).noneMatch(name -> name.startsWith("godwit/"));
    }

    /// Under traffic on a server of Godwit's own, with a process of the command's left in the background.
    @SideBySide
    void ctrlCWhileTheCommandRunsLeavesNoProcessNoServerAndNoFile() throws IOException, InterruptedException {
        Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path temporary = Files.createDirectory(beside.resolve("tmp"));
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path running = beside.resolve("running");
        project.write("up.sh", """
                psql -qX -v ON_ERROR_STOP=1 -f up.sql || exit
                if test -e "$1"; then
                    sleep 300 &
                    echo $! >"$2.new" && mv "$2.new" "$2"
                    wait
                fi
                touch "$1"
                """);
        String learnt = beside.resolve("learnt").toString();
        Process godwit = interruptible(temporary, "rehearse", "--", "sh", "up.sh", learnt, running.toString());
        List<ProcessHandle> family = List.of();
        try {
            while (!Files.exists(running)) {
                assertThat(godwit.isAlive())
                        .as("it ended before its command was rehearsed")
                        .isTrue();
                Thread.onSpinWait();
            }
            family = godwit.descendants().toList();
            assertThat(family).hasSizeGreaterThan(5);
            assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(godwit.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(godwit.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(godwit.exitValue()).isEqualTo(ExitCode.STOPPED);
        } finally {
            godwit.destroyForcibly();
        }
        long sleeper = Long.parseLong(Files.readString(running).strip());
        assertThat(ProcessHandle.of(sleeper).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(family).noneMatch(ProcessHandle::isAlive);
        assertThat(temporary).isEmptyDirectory();
        assertThat(project.texts().keySet()).noneMatch(name -> name.startsWith("godwit/"));
        assertThat(count(production, OTHERS)).isZero();
    }

    /// Whoever started this test in the background may have had the interrupt ignored, which is inherited.
    private Process interruptible(Path temporary, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + temporary, "-cp"));
        command.add(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator)));
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(beside.resolve("said").toFile());
        builder.environment().putAll(project.environment());
        return builder.start();
    }
}
