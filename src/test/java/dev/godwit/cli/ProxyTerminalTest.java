package dev.godwit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `godwit proxy` on a real pseudo-terminal of 60 columns, which `script` makes, under clients that mean ill.
class ProxyTerminalTest {
    private static final int COLUMNS = 60;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:([0-9]+)");
    private static final String CTRL_C = "\u0003";
    private static final String HOSTILE = "t\u001b[2J\u009b1m\u202e\n#9 forged";

    private final StringWriter bytes = new StringWriter();

    private static Process start(String url) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                        "script",
                        "-qec",
                        "trap : INT; stty cols " + COLUMNS + " rows 24; before=$(stty -g); " + java
                                + " -cp \"$CLASSES\" dev.godwit.cli.Main proxy --upstream env:UPSTREAM; code=$?;"
                                + " test \"$(stty -g)\" = \"$before\" && echo the terminal is as before; exit $code",
                        "/dev/null")
                .redirectErrorStream(true);
        builder.environment().put("CLASSES", System.getProperty("java.class.path"));
        builder.environment().put("UPSTREAM", url);
        builder.environment().put("TERM", "xterm");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().keySet().removeIf(name -> name.equals("CI") || name.equals("NO_COLOR"));
        return builder.start();
    }

    private void read(Process process) {
        try (Reader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (int letter = reader.read(); letter >= 0; letter = reader.read()) {
                bytes.write(letter);
            }
        } catch (IOException _) {
            // the terminal is gone, and with it whoever wrote to it
        }
    }

    private void until(Predicate<String> condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.test(bytes.toString())) {
            assertThat(System.nanoTime()).as(bytes.toString()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private String port() {
        Matcher matcher = LISTENING.matcher(bytes.toString());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static Connection connect(String url, String port) throws SQLException {
        URI uri = URI.create(url);
        String[] user = uri.getUserInfo().split(":", 2);
        Properties properties = new Properties();
        properties.setProperty("user", user[0]);
        properties.setProperty("password", user[1]);
        properties.setProperty("assumeMinServerVersion", "12"); // says its name when it opens the connection
        properties.setProperty("ApplicationName", "evil\u001b]0;owned\u0007\u009b2J\n#8 forged");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + uri.getPath(), properties);
    }

    private static void alter(Statement statement) {
        try {
            statement.execute("ALTER TABLE " + quoted(HOSTILE) + " ADD c int");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    @Test
    void theTableIsRewrittenInPlaceAndNothingThatAClientSaysMovesTheCursor() throws Exception {
        String url = TestClusters.freshDatabase(18);
        Process process = start(url);
        try {
            Thread reader = Thread.ofVirtual().start(() -> read(process));
            until(seen -> LISTENING.matcher(seen).find());
            try (Connection connection = connect(url, port());
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE " + quoted(HOSTILE) + "()");
                connection.setAutoCommit(false);
                statement.execute("SELECT 'secret' AS " + quoted("a\u001b]0;owned\u0007"));
                statement.execute("LOCK TABLE " + quoted(HOSTILE));
                until(seen -> draws(seen) > 3);
                try (Connection second = connect(url, port());
                        Statement waiting = second.createStatement()) {
                    CompletableFuture<Void> altered = CompletableFuture.runAsync(() -> alter(waiting));
                    until(seen -> seen.contains("    waits for "));
                    connection.commit();
                    altered.join();
                }
            }
            process.outputWriter().append(CTRL_C).flush();
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(ExitCode.STOPPED);
            reader.join();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        Screen screen = Screen.of(bytes.toString(), COLUMNS);
        // the server itself has written the name of the application so
        assertThat(screen.text())
                .as(bytes.toString())
                .contains(
                        "evil\\x1b]0;owned\\x07",
                        "#1 closed",
                        "SELECT ? AS",
                        "\\u001b]0;owned\\u0007",
                        "the terminal is as before")
                .doesNotContain(
                        "holds ",
                        "waits for",
                        "secret",
                        URI.create(url).getUserInfo().split(":", 2)[1]);
        assertThat(bytes.toString()).contains("holds ACCESS EXCLUSIVE on \"public\".\"t\\u001b[2J\\u009b1m");
        assertThat(screen.lines()).noneMatch(line -> line.startsWith("#8") || line.startsWith("#9"));
        assertThat(screen.strange()).as("sequences that Godwit does not write").isEmpty();
        assertThat(block()).allSatisfy(line -> assertThat(line.length()).isLessThan(COLUMNS));
    }

    /// The lines of the table, which are drawn without the colours that it has on this screen.
    private List<String> block() {
        return bytes.toString()
                .replaceAll("\u001b\\[[0-9;]*[mAJ]", "")
                .lines()
                .filter(line -> line.startsWith("    holds ") || line.startsWith("    waits for "))
                .toList();
    }

    private static int draws(String seen) {
        return seen.split("holds ACCESS EXCLUSIVE on ", -1).length - 1;
    }
}
