package dev.godwit.staging.embedded;

import static java.util.Objects.requireNonNull;

import dev.godwit.problem.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A directory of things that are slow to make and never change. An entry appears whole or not at all, by a rename; a
/// lock beside it keeps two processes from making it twice.
record Cache(Path directory) {
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    Cache {
        requireNonNull(directory);
    }

    interface Maker {
        /// @param directory exists and is empty
        void makeIn(Path directory) throws IOException;
    }

    /// For whoever has no cache of his own that the server's account could read. `/var/tmp` belongs to all: whoever
    /// came first could have laid out programs there for others to start, so an owner's word is not enough.
    static Cache belowVarTmp() throws IOException {
        Object me = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        Path place = Path.of("/var/tmp/godwit-" + me);
        try {
            Files.createDirectory(
                    place, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException madeEarlier) {
            requireOwn(place, me);
        }
        return new Cache(openToAll(place));
    }

    private static void requireOwn(Path place, Object me) throws IOException {
        boolean directory = Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS);
        Object owner = Files.getAttribute(place, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        int mode = (int) Files.getAttribute(place, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if (!directory || !owner.equals(me) || (mode & WRITABLE_BY_OTHERS) != 0) {
            throw Problem.usage("the directory for Godwit's cache is another user's, or others may write to it")
                    .at(place.toString())
                    .leaving("nothing was started")
                    .remedy("remove it, or set GODWIT_CACHE to a directory that everybody may enter")
                    .raise();
        }
    }

    /// @return the entry, made first when it is missing
    Path entry(String kind, String name, Maker maker) throws IOException {
        Path entry = directory.resolve(kind).resolve(name);
        if (!Files.isDirectory(entry)) {
            Path home =
                    openToAll(Files.createDirectories(entry.resolveSibling(".")).normalize());
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
        return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
