package dev.godwit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.CliProject.Outcome;
import dev.godwit.staging.TestClusters;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A death at an exact place: a session holds the version table, so that whoever writes a row into it stands
/// still there, and is then killed. The row never comes.
final class Crash implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final String table;
    private final String url;
    private final Connection holder;

    /// Looks without a transaction: the holder has no snapshot that an index would be kept waiting by.
    private final Connection look;

    private Crash(String url, String table, Connection holder, Connection look) {
        this.url = url;
        this.table = table;
        this.holder = holder;
        this.look = look;
    }

    static Crash before(String url, String table) throws SQLException {
        Crash crash = new Crash(url, table, TestClusters.connect(url), TestClusters.connect(url));
        crash.execute("BEGIN");
        crash.execute("LOCK TABLE " + table + " IN EXCLUSIVE MODE");
        return crash;
    }

    /// Kills what Godwit has started, which is in a process of its own: other tests start programs meanwhile.
    ///
    /// @return the exit code of Godwit, and what it said
    Outcome ofTheFramework(CliProject project, String... arguments) throws IOException {
        Path log = project.directory().resolve("godwit/killed.log");
        Process godwit = start(project, log, arguments);
        awaitTheRow(() -> godwit.isAlive() ? "" : text(log));
        List<ProcessHandle> started = programs(godwit.toHandle());
        started.forEach(ProcessHandle::destroyForcibly);
        int exitCode = godwit.onExit()
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join()
                .exitValue();
        return new Outcome(exitCode, Files.readString(log), "");
    }

    /// Kills Godwit itself, in a process of its own, and waits until the framework has noticed.
    void ofGodwit(CliProject project, String... arguments) {
        Path log = project.directory().resolve("godwit/killed.log");
        Process godwit = start(project, log, arguments);
        int waiting = awaitTheRow(() -> godwit.isAlive() ? "" : text(log));
        List<ProcessHandle> started = programs(godwit.toHandle());
        godwit.destroyForcibly().onExit().join();
        TestClusters.execute(url, "SELECT pg_terminate_backend(" + waiting + ")");
        started.forEach(one ->
                one.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join());
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process start(CliProject project, Path log, String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "--enable-native-access=ALL-UNNAMED", "-cp", classPath()));
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(project.environment());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// From any directory.
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /// Without the servers, which are programs too.
    private static List<ProcessHandle> programs(ProcessHandle parent) {
        List<ProcessHandle> found = parent.descendants()
                .filter(one -> one.info()
                        .command()
                        .filter(command -> !command.endsWith("/postgres"))
                        .isPresent())
                .toList();
        assertThat(found).isNotEmpty();
        return found;
    }

    /// @param ended what the command has said, once it has ended
    /// @return the backend that waits to write the row
    private int awaitTheRow(Supplier<String> ended) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            try (Statement statement = look.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT pid FROM pg_locks WHERE NOT granted AND relation = '" + table + "'::regclass")) {
                if (rows.next()) {
                    return rows.getInt(1);
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            assertThat(ended.get()).as("it ended before its row").isEmpty();
        }
        throw new AssertionError("nobody writes into " + table);
    }

    private void execute(String sql) {
        try (Statement statement = holder.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        try {
            holder.close();
            look.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
