package dev.godwit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.CliProject.Outcome;
import dev.godwit.staging.TestClusters;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyCommandTest {
    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:([0-9]+)");

    @TempDir
    private Path directory = Path.of("");

    private Outcome proxy(String... arguments) {
        return CliProject.at(directory).run(arguments);
    }

    @Test
    void aCommandFindsItsServerThroughTheGatewayWithoutBeingToldAndItsExitCodeIsHandedOn() {
        String url = TestClusters.freshDatabase(18);
        Outcome good = proxy("proxy", "--upstream", url, "--", "psql", "-XAtqc", "SELECT 'secret', 1");
        assertThat(good.exitCode()).as(good.all()).isZero();
        assertThat(good.err())
                .contains("listening on 127.0.0.1:", "SELECT ?, ?")
                .doesNotContain("secret");
        assertThat(good.out()).isEmpty();
        Outcome bad =
                proxy("proxy", "--upstream", url, "--", "sh", "-c", "psql -XAtqc 'SELECT 1/0' 2>/dev/null; exit 7");
        assertThat(bad.exitCode()).as(bad.all()).isEqualTo(7);
        assertThat(bad.err()).contains("22012", "SELECT ?/?");
        String password = URI.create(url).getUserInfo().split(":", 2)[1];
        assertThat(good.all() + bad.all()).doesNotContain(password);
    }

    @Test
    void databaseUrlPointsAtTheGatewayToo() {
        Outcome outcome = proxy(
                "proxy",
                "--upstream",
                TestClusters.freshDatabase(18),
                "--",
                "sh",
                "-c",
                "exec env -u PGPORT -u PGPASSWORD psql \"$DATABASE_URL\" -XAtqc 'SELECT 41'");
        assertThat(outcome.exitCode()).as(outcome.all()).isZero();
        assertThat(outcome.err()).contains("SELECT ?");
    }

    @Test
    void jsonIsOneDocumentAndTheCommandsOutputIsBesideIt() {
        Outcome outcome = proxy(
                "proxy",
                "--upstream",
                TestClusters.freshDatabase(18),
                "--format",
                "json",
                "--",
                "psql",
                "-XAtqc",
                "CREATE TABLE t(id int); SELECT 42");
        assertThat(outcome.exitCode()).as(outcome.all()).isZero();
        assertThat(outcome.out().strip())
                .startsWith("{")
                .endsWith("}")
                .contains(
                        "\"exitCode\" : 0", "\"sql\" : \"CREATE TABLE t(id int); SELECT ?\"", "\"tag\" : \"SELECT 1\"");
        assertThat(outcome.err()).contains("42");
    }

    @Test
    void aCommandThatAsksForTlsGetsIt() throws Exception {
        String certificate = directory.resolve("gateway.crt").toString();
        String key = directory.resolve("gateway.key").toString();
        Process openssl = new ProcessBuilder(("openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -keyout "
                                + key + " -out " + certificate)
                        .split(" "))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(openssl.waitFor()).isZero();
        String url = TestClusters.freshDatabase(18);
        String[] psql = {"--", "env", "PGSSLMODE=require", "psql", "-XAtqc", "SELECT 1"};
        Outcome plain = proxy(joined(psql, "proxy", "--upstream", url));
        assertThat(plain.exitCode()).as(plain.all()).isEqualTo(2);
        String[] tls = {"proxy", "--upstream", url, "--tls-cert", certificate, "--tls-key", key};
        Outcome encrypted = proxy(joined(psql, tls));
        assertThat(encrypted.exitCode()).as(encrypted.all()).isZero();
        Outcome half = proxy(joined(psql, "proxy", "--upstream", url, "--tls-key", key));
        assertThat(half.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(half.err()).contains("go together", "--tls-cert FILE and --tls-key FILE");
        Outcome mismatched =
                proxy(joined(psql, "proxy", "--upstream", url, "--tls-cert", key, "--tls-key", certificate));
        assertThat(mismatched.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(mismatched.err()).contains("gateway.key", "the file holds no certificate");
    }

    private static String[] joined(String[] last, String... first) {
        return Stream.concat(Stream.of(first), Stream.of(last)).toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "127.0.0.1:99999", "203.0.113.7:1"})
    void anAddressThatCannotBeListenedOnIsAMistakeOfUsage(String address) {
        Outcome outcome = proxy("proxy", "--listen", address, "--upstream", "postgresql://u@127.0.0.1:1/d");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("to do:", "--listen 127.0.0.1");
    }

    @Test
    void aCommandThatIsNotThereIsAMistakeOfUsage() {
        Outcome outcome = proxy("proxy", "--upstream", "postgresql://u@127.0.0.1:1/d", "--", "no-such-program");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("no-such-program", "nothing was run");
    }

    @Test
    void aSignalEndsItWithWhatItSawAndTheExitCodeOfAStop() throws IOException, InterruptedException {
        String url = TestClusters.freshDatabase(18);
        Process proxy = java(url);
        try (BufferedReader err = proxy.errorReader();
                BufferedReader out = proxy.inputReader()) {
            assertThat(psql(url, port(err))).isZero();
            proxy.toHandle().destroy();
            assertThat(proxy.waitFor()).isEqualTo(ExitCode.STOPPED);
            assertThat(out.lines().toList())
                    .anyMatch(line -> line.contains("opened: "))
                    .anyMatch(line -> line.endsWith("SELECT ?"))
                    .anyMatch(line -> line.endsWith("closed"));
        } finally {
            proxy.destroyForcibly();
        }
    }

    private static Process java(String url) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.godwit.cli.Main",
                "proxy",
                "--upstream",
                "env:UPSTREAM");
        builder.environment().put("UPSTREAM", url);
        return builder.start();
    }

    private static String port(BufferedReader err) throws IOException {
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        throw new AssertionError("it never listened");
    }

    private static int psql(String url, String port) throws IOException, InterruptedException {
        URI uri = URI.create(url);
        String[] user = uri.getUserInfo().split(":", 2);
        ProcessBuilder builder = new ProcessBuilder("psql", "-XAtqc", "SELECT 1")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .putAll(Map.of(
                        "PGHOST",
                        "127.0.0.1",
                        "PGPORT",
                        port,
                        "PGUSER",
                        user[0],
                        "PGPASSWORD",
                        user[1],
                        "PGDATABASE",
                        uri.getPath().substring(1)));
        return builder.start().waitFor();
    }
}
