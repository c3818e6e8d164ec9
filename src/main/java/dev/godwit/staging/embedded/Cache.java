package dev.godwit.staging.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A directory of things that are slow to make and never change. An entry appears whole or not at all, by a rename; a
/// lock beside it keeps two processes from making it twice.
record Cache(Path directory) {
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    Cache {
        requireNonNull(directory);
    }

    interface Maker {
        /// @param directory exists and is empty
        void makeIn(Path directory) throws IOException;
    }

    Path entry(String kind, String name, Maker maker) throws IOException {
        Path home = openToAll(directory.resolve(kind));
        Path entry = home.resolve(name);
        if (!Files.isDirectory(entry)) {
            try (FileChannel channel = lockFile(home.resolve("." + name + ".lock"));
                    FileLock lock = lock(channel)) {
                requireNonNull(lock);
                makeUnlessMade(entry, maker);
            }
        }
        return entry;
    }

    private static void makeUnlessMade(Path entry, Maker maker) throws IOException {
        if (Files.isDirectory(entry)) {
            return;
        }
        Path partial = entry.resolveSibling("." + entry.getFileName() + ".partial");
        Removal.remove(partial);
        try {
            maker.makeIn(openToAll(Files.createDirectory(partial)));
            Files.move(partial, entry, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Removal.remove(partial);
        }
    }

    private static FileChannel lockFile(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /// Java refuses a second lock within one process instead of waiting for the first.
    private static FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException heldByAnotherThread) {
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private static Path openToAll(Path directory) throws IOException {
        Files.createDirectories(directory);
        return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
