package dev.godwit.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.execute.Cancellation;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.source.Direction;
import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A command of any kind, run through the gateway on a database of its own.
class ToolCommandsTest {
    @TempDir
    private Path root = Path.of("");

    private String url = "";
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final Map<String, String> environment = new HashMap<>(System.getenv());
    private final Listener listener = new Listener();

    @BeforeEach
    void database() {
        url = TestClusters.freshDatabase(18);
    }

    @AfterEach
    void nobodyIsLeftAndNoSecretWasSaid() {
        assertThat(String.join("\n", output)).doesNotContain(password());
        try (Session session = Session.open(database(url), "test")) {
            for (int looks = 0; others(session) > 0; looks++) {
                assertThat(looks).as("backends left").isLessThan(1000);
                Thread.onSpinWait();
            }
        }
    }

    private static long others(Session session) {
        return session.queryOne(
                        "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND pid <> pg_backend_pid()",
                        row -> row.number("n"))
                .orElseThrow();
    }

    private static DatabaseUrl database(String url) {
        return DatabaseUrl.parse(url, Map.of());
    }

    private String password() {
        return URI.create(url).getRawUserInfo().split(":", 2)[1];
    }

    private void run(Duration limit, String... words) {
        ToolCommands.Place place = new ToolCommands.Place(
                root, root, environment, Optional.of(limit), output::add, new Secrets(List.of()));
        Tool tool = Tool.of(List.of(words), Optional.empty(), Optional.empty());
        try (ToolCommands commands = ToolCommands.of(tool, place, new Cancellation("again"))) {
            commands.carryOut(database(url), Direction.UP, listener);
        }
    }

    private void run(String... words) {
        run(Duration.ofMinutes(1), words);
    }

    private Problem problem(Duration limit, String... words) {
        try {
            run(limit, words);
        } catch (GodwitException e) {
            return e.problem();
        }
        throw new AssertionError("it did not fail");
    }

    private Problem problem(String... words) {
        return problem(Duration.ofMinutes(1), words);
    }

    @Test
    void everyWayToTheServerLeadsThroughTheGateway() throws IOException {
        Files.writeString(root.resolve(".env"), "export ODD='postgres://me:pw@prod.example:5432/shop?schema=x'\n");
        environment.put("MY_APP_DB", "postgresql://me:pw@prod.example/shop?sslmode=verify-full&application_name=odd");
        run(
                "sh",
                "-c",
                "psql -XAtqc 'CREATE TABLE a()'; psql \"$DATABASE_URL\" -XAtqc 'CREATE TABLE b()';"
                        + " psql \"$MY_APP_DB\" -XAtqc 'CREATE TABLE c()'; echo $MY_APP_DB $ODD;"
                        + " env -u PGPASSWORD -u PGHOST -u PGPORT psql \"$1\" -XAtqc 'CREATE TABLE d()';"
                        + " PGPASSWORD=$DB_PASSWORD psql -h $2 -p $3 -U $DB_USER $4 -XAtqc 'CREATE TABLE e()'",
                "sh",
                "{url}",
                "{host}",
                "{port}",
                "{database}");
        assertThat(listener.heard().stream().map(Heard::sql))
                .containsExactly(
                        "CREATE TABLE a()",
                        "CREATE TABLE b()",
                        "CREATE TABLE c()",
                        "CREATE TABLE d()",
                        "CREATE TABLE e()");
        assertThat(output)
                .singleElement()
                .asString()
                .contains(":***@127.0.0.1:", "application_name=odd", "schema=x")
                .doesNotContain("prod.example", "verify-full");
    }

    @Test
    void itsExitCodeAndTheServersWordsAreTold() {
        Problem problem = problem("psql", "-XAtqc", "ALTER TABLE nobody ADD x int");
        assertThat(problem.kind()).isEqualTo(Problem.Kind.DATABASE);
        assertThat(problem.what()).contains("exit code 1", "42P01", "nobody");
        assertThat(output).anyMatch(line -> line.contains("ERROR:") && line.contains("nobody"));
    }

    @Test
    void aStatementThatFailedIsNotHiddenByAGoodExitCode() {
        Problem problem = problem("sh", "-c", "echo 'DROP TABLE nobody; CREATE TABLE t()' | psql -Xq");
        assertThat(problem.what()).contains("exit code 0, and a statement failed", "42P01");
        assertThat(problem.remedy()).contains("ON_ERROR_STOP");
    }

    @Test
    void whatFailedAndSucceededWhenItCameAgainIsNoFailure() {
        run("sh", "-c", "printf 'DROP TABLE t;\\nCREATE TABLE t();\\nDROP TABLE t;\\n' | psql -Xq");
        assertThat(listener.heard()).hasSize(3);
    }

    @Test
    void aCommandThatConnectsElsewhereIsRefused() {
        Problem problem = problem("echo", "done");
        assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
        assertThat(problem.what()).contains("without connecting to Godwit's gateway");
        assertThat(problem.remedy()).contains("{url}");
    }

    @Test
    void aCommandThatIsKilledIsToldByItsSignal() {
        Problem problem = problem("sh", "-c", "psql -XAtqc 'CREATE TABLE t()'; kill -9 $$");
        assertThat(problem.what()).contains("killed by signal 9");
    }

    @Test
    void aCommandThatNeverEndsIsEndedWithItsConnections() {
        Problem problem = problem(Duration.ofSeconds(1), "psql", "-Xqc", "SELECT pg_sleep(600)");
        assertThat(problem.kind()).isEqualTo(Problem.Kind.STOPPED);
        assertThat(problem.what()).contains("did not end within 1 s");
    }

    @Test
    void whatACommandLeavesBehindIsEndedEvenWhenItLeftItsFamily() {
        Problem problem = problem(
                "sh",
                "-c",
                "psql -Xqc 'CREATE TABLE t()'; setsid psql -Xqc 'BEGIN; SELECT pg_sleep(600)' & while [ $(psql -XAtqc"
                        + " \"SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname ="
                        + " current_database()\") = 0 ]; do :; done");
        assertThat(output).anyMatch(line -> line.contains("left 1 processes behind"));
        assertThat(problem.what()).contains("a statement failed", "57014");
    }

    @Test
    void itWorksOnACopyAndTheProjectStaysAsItWas() throws IOException {
        Files.writeString(root.resolve("kept"), "old");
        Path built = Files.createDirectories(root.resolve("target")).resolve("tool");
        Files.writeString(built, "#!/bin/sh\necho new > kept; psql -Xqc 'CREATE TABLE t()'\n");
        assertThat(built.toFile().setExecutable(true)).isTrue();
        run("target/tool");
        assertThat(root.resolve("kept")).hasContent("old");
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        assertThat(problem("no-such-tool").kind()).isEqualTo(Problem.Kind.USAGE);
    }

    @Test
    void anAddressInTheCommandIsRefusedBeforeItRuns() {
        for (String word : List.of("postgres://u@prod/x", "--url=jdbc:postgresql://prod/x", "db:pg://prod/x")) {
            assertThatThrownBy(() -> Tool.of(List.of("tool", word), Optional.empty(), Optional.empty()))
                    .isInstanceOf(GodwitException.class)
                    .hasMessageContaining("names a database itself");
        }
    }
}
