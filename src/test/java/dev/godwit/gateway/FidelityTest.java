package dev.godwit.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients as they are in the world, each with a script of every message that it can send: what they print is the same
/// byte for byte, direct, through a gateway, and through one that sees every statement.
class FidelityTest {
    private static final String NODE_PG = "8.16.3";

    @TempDir
    private Path directory = Path.of("");

    private record Printed(int exitCode, String text) {}

    @ParameterizedTest
    @CsvSource({
        "psql -X -f, every-message.sql",
        "/usr/bin/python3, every_message.py",
        "php, every_message.php",
        "/usr/bin/ruby, every_message.rb"
    })
    void clientsSeeNoDifference(String program, String script) throws Exception {
        compare(program, script, Map.of());
    }

    @Test
    void nodeSeesNoDifference() throws Exception {
        Path modules = Path.of("target", "node-pg-" + NODE_PG).toAbsolutePath();
        if (!Files.isDirectory(modules.resolve("node_modules/pg"))) {
            Printed installed = run(
                    List.of(
                            "npm",
                            "install",
                            "--no-audit",
                            "--no-fund",
                            "--prefix",
                            modules.toString(),
                            "pg@" + NODE_PG),
                    Map.of());
            assertThat(installed.exitCode()).as(installed.text()).isZero();
        }
        compare(
                "node",
                "every-message.js",
                Map.of("NODE_PATH", modules.resolve("node_modules").toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"preferQueryMode=extended", "preferQueryMode=simple", "prepareThreshold=1&binaryTransfer=true"})
    void pgjdbcSeesNoDifference(String options) throws Exception {
        List<String> direct = JdbcScript.run(TestClusters.freshDatabase(18), options);
        assertThat(direct).hasSizeGreaterThan(40);
        for (StatementHandler handler : List.of(StatementHandler.NONE, new Recorder())) {
            Through through = Through.fresh(handler);
            assertThat(JdbcScript.run(through.url(), options)).isEqualTo(direct);
            through.assertNothingLeftAfterClose();
        }
    }

    private void compare(String program, String script, Map<String, String> environment) throws Exception {
        List<String> command = new ArrayList<>(List.of(program.split(" ")));
        command.add(file(script).toString());
        Printed direct = run(command, with(environment, TestClusters.freshDatabase(18)));
        assertThat(direct.text()).as("the script itself works").doesNotContain("Traceback", "(fatal)", "Fatal error");
        assertThat(direct.text().lines().count()).isGreaterThan(15);
        for (StatementHandler handler : List.of(StatementHandler.NONE, new Recorder())) {
            Through through = Through.fresh(handler);
            Printed behind = run(command, with(environment, through.url()));
            assertThat(through.gateway().failure()).isEmpty();
            through.assertNothingLeftAfterClose();
            assertThat(behind).isEqualTo(direct);
            if (handler instanceof Recorder recorder) {
                assertThat(recorder.recorded()).hasSizeGreaterThan(15);
            }
        }
    }

    private Path file(String script) throws IOException {
        Path file = directory.resolve(script);
        try (var in = requireNonNull(FidelityTest.class.getResourceAsStream("/gateway/" + script))) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }

    private static Map<String, String> with(Map<String, String> environment, String url) {
        URI uri = URI.create(url);
        String[] user = uri.getUserInfo().split(":", 2);
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(Map.of(
                "PGHOST",
                "127.0.0.1",
                "PGPORT",
                Integer.toString(uri.getPort()),
                "PGUSER",
                user[0],
                "PGPASSWORD",
                user[1],
                "PGDATABASE",
                uri.getPath().substring(1)));
        return all;
    }

    /// What names a process, an object or a file differs from run to run, with and without a gateway.
    private Printed run(List<String> command, Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Printed(
                process.waitFor(),
                text.replaceAll("lo_import [0-9]+", "lo_import OID")
                        .replaceAll("PID [0-9]+", "PID")
                        .replaceAll("(?<=table_oid=)[0-9]+", "OID"));
    }
}
