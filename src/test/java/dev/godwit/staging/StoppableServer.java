package dev.godwit.staging;

import dev.godwit.staging.EmbeddedPostgres.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// A server of a test's own that can be stopped at once, as a power cut stops it, and started again where it was.
public final class StoppableServer implements AutoCloseable {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();
    private static final int STATUS_LINE = 7;

    private final EmbeddedPostgres postgres;
    private final List<String> command;
    private Optional<Process> restarted = Optional.empty();
    private long pid;

    private StoppableServer(EmbeddedPostgres postgres) throws IOException {
        this.postgres = postgres;
        this.pid = Long.parseLong(statusLines().getFirst());
        this.command = commandOf(pid);
    }

    public static StoppableServer start(Request request) {
        return of(EmbeddedPostgres.start(request));
    }

    /// @param postgres is closed with this
    public static StoppableServer of(EmbeddedPostgres postgres) {
        try {
            return new StoppableServer(postgres);
        } catch (IOException e) {
            postgres.close();
            throw new UncheckedIOException(e);
        }
    }

    public EmbeddedPostgres postgres() {
        return postgres;
    }

    public String url(String database) {
        return postgres.url(database);
    }

    /// QUIT is PostgreSQL's immediate shutdown: nothing is written any more.
    public void stopAtOnce() {
        signal("QUIT");
        await("the server has stopped", () -> !running());
    }

    public void startAgain() {
        try {
            Files.deleteIfExists(postgres.dataDirectory().resolve("postmaster.pid"));
            Process process = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            restarted = Optional.of(process);
            pid = process.pid();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await("the server takes connections", this::ready);
    }

    private boolean ready() {
        if (!running()) {
            throw new IllegalStateException("the server did not start again: " + command);
        }
        List<String> lines = statusLines();
        return lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
    }

    private boolean running() {
        return restarted.map(Process::isAlive).orElseGet(() -> Files.exists(Path.of("/proc/" + pid + "/exe")));
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid).start();
            kill.onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> statusLines() {
        try {
            return Files.readAllLines(postgres.dataDirectory().resolve("postmaster.pid"));
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As whom it runs and with what arguments. Root becomes the owner of the data, or nobody where that is root.
    private List<String> commandOf(long process) throws IOException {
        String line = Files.readString(Path.of("/proc/" + process + "/cmdline"), StandardCharsets.UTF_8);
        List<String> words = new ArrayList<>(prefix());
        words.addAll(List.of(line.split("\0", -1)));
        words.removeIf(String::isEmpty);
        return words;
    }

    private List<String> prefix() throws IOException {
        if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
            return List.of();
        }
        Path data = postgres.dataDirectory();
        Object user = Files.getAttribute(data, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        Object group = Files.getAttribute(data, "unix:gid", LinkOption.NOFOLLOW_LINKS);
        return user.equals(0)
                ? List.of("unshare", "--user")
                : List.of("setpriv", "--reuid", user.toString(), "--regid", group.toString(), "--clear-groups");
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within a minute: " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    @Override
    public void close() {
        try (postgres) {
            if (restarted.isPresent() && running()) {
                stopAtOnce();
            }
        }
    }
}
