package dev.godwit.staging.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// What a cluster left behind when its owner and its supervisor were both killed: seldom, and cleared at the next
/// start.
final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private Leftovers() {}

    /// Clears the directories below `base` that are this user's and whose owners are all gone.
    static void clearAbandoned(Path base) throws IOException {
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(base, ClusterDirectory.PREFIX + "*")) {
            for (Path candidate : candidates) {
                if (Ownership.abandoned(candidate)) {
                    clear(candidate);
                }
            }
        }
    }

    /// Stops what still runs in the data directory and removes everything. Does nothing where nothing is left.
    static void clear(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        if (!Files.exists(directory)) {
            return;
        }
        List<ProcessHandle> processes = processesIn(ClusterDirectory.dataIn(directory));
        for (ProcessHandle process : processes) {
            Command.run(Path.of("/"), List.of("sh", "-c", "kill -QUIT \"$1\"", "sh", Long.toString(process.pid())));
        }
        CompletableFuture<?>[] ends =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(ends)
                .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        processes.forEach(ProcessHandle::destroyForcibly);
        Removal.remove(directory);
    }

    /// The server and its children all work in the data directory; a number in a file could be somebody else's by now.
    private static List<ProcessHandle> processesIn(Path data) throws IOException {
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (workingDirectory(process).filter(data::equals).isPresent()) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private static Optional<Path> workingDirectory(Path process) throws IOException {
        try {
            return Optional.of(Files.readSymbolicLink(process.resolve("cwd")));
        } catch (NoSuchFileException | AccessDeniedException goneOrSomebodyElses) {
            return Optional.empty();
        }
    }
}
