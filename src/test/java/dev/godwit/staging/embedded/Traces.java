package dev.godwit.staging.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Looks for what a cluster leaves: its directory, and processes that work in it or name it.
final class Traces {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Traces() {}

    interface Condition {
        boolean holds() throws IOException;
    }

    static void await(Condition condition) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /// Waits until neither process nor directory is left.
    static void awaitNone(Path data) throws IOException {
        Path directory = data.resolveSibling(".").normalize();
        await(() -> Files.notExists(directory) && processes(directory).isEmpty());
        assertThat(processes(directory)).isEmpty();
        assertThat(directory).doesNotExist();
    }

    static void awaitNoServer(Path data) throws IOException {
        await(() -> workers(data).isEmpty());
        assertThat(workers(data)).isEmpty();
    }

    /// @return the processes of the server, which all work in its data directory
    static List<Long> workers(Path data) throws IOException {
        return matching(
                process -> Files.readSymbolicLink(process.resolve("cwd")).equals(data));
    }

    /// @return the processes that name the path among their arguments or work somewhere below it
    static List<Long> processes(Path path) throws IOException {
        return matching(process -> arguments(process).contains(path.toString())
                || Files.readSymbolicLink(process.resolve("cwd")).startsWith(path));
    }

    static String arguments(Path process) throws IOException {
        return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
    }

    private interface Test {
        boolean matches(Path process) throws IOException;
    }

    private static List<Long> matching(Test test) throws IOException {
        List<Long> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : all) {
                if (stillThere(process, test)) {
                    found.add(Long.parseLong(process.getFileName().toString()));
                }
            }
        }
        return found;
    }

    private static boolean stillThere(Path process, Test test) throws IOException {
        try {
            return test.matches(process);
        } catch (NoSuchFileException | AccessDeniedException goneOrSomebodyElses) {
            return false;
        }
    }
}
