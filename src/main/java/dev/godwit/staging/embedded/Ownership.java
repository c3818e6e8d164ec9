package dev.godwit.staging.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Says in a cluster's directory who uses it, in two ways. The file `owner` names the JVM and the supervisor, so that
/// anybody can see whether they still run. The lock on the file `lock` says the same across containers, where process
/// numbers mean nothing: the kernel drops it with the process.
final class Ownership implements AutoCloseable {
    private static final String OWNER = "owner";
    private static final String LOCK = "lock";

    /// Longer than any JVM needs from making a directory to naming its owner.
    private static final Duration UNNAMED_FOR = Duration.ofHours(1);

    private final Path directory;
    private final FileChannel channel;

    private Ownership(Path directory, FileChannel channel) {
        this.directory = requireNonNull(directory);
        this.channel = requireNonNull(channel);
    }

    static Ownership take(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        requireNonNull(channel.tryLock(), "nobody else knows this directory yet");
        Ownership ownership = new Ownership(directory, channel);
        ownership.name(List.of(ProcessHandle.current().pid()));
        return ownership;
    }

    void shareWith(long supervisor) throws IOException {
        name(List.of(ProcessHandle.current().pid(), supervisor));
    }

    /// The file appears whole: half of it could read as if an owner were gone.
    private void name(List<Long> pids) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (long pid : pids) {
            lines.append(ProcessIdentity.of(pid).line()).append('\n');
        }
        Path partial = Files.writeString(directory.resolve(OWNER + ".partial"), lines);
        Files.move(partial, directory.resolve(OWNER), StandardCopyOption.ATOMIC_MOVE);
    }

    /// @return whether the directory is this user's and nobody uses it any more
    static boolean abandoned(Path directory) throws IOException {
        try {
            return mine(directory) && ownersGone(directory);
        } catch (NoSuchFileException removedMeanwhile) {
            return false;
        }
    }

    private static boolean mine(Path directory) throws IOException {
        Object me = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                && Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                        .equals(me);
    }

    private static boolean ownersGone(Path directory) throws IOException {
        Path owner = directory.resolve(OWNER);
        if (!Files.exists(owner)) {
            Instant made = Files.getLastModifiedTime(directory).toInstant();
            return made.isBefore(Instant.now().minus(UNNAMED_FOR));
        }
        boolean unsure = false;
        for (String line : Files.readAllLines(owner)) {
            switch (ProcessIdentity.parse(line).life()) {
                case RUNNING -> {
                    return false;
                }
                case UNKNOWN -> unsure = true;
                case GONE -> {}
            }
        }
        return !unsure || unlocked(directory);
    }

    /// Only asked about a process of another container, so never about our own lock, which asking would drop.
    private static boolean unlocked(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
