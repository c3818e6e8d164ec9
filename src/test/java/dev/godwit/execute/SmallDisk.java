package dev.godwit.execute;

import dev.godwit.staging.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A file system of a fixed size that a server keeps a tablespace on. Needs the right to mount one, as root has; where
/// it is not given the test fails and says so.
final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Path directory;
    private final Path filler;

    private SmallDisk(Path directory) {
        this.directory = directory;
        this.filler = directory.resolve("filler");
    }

    /// @param server will own the disk
    static SmallDisk mount(EmbeddedPostgres server, int megabytes) {
        try {
            Path directory = Files.createTempDirectory("godwit-small-disk-");
            Path data = server.dataDirectory();
            Object user = Files.getAttribute(data, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            run(
                    "mount",
                    "-t",
                    "tmpfs",
                    "-o",
                    "size=" + megabytes + "m,mode=0700,uid=" + user,
                    "tmpfs",
                    directory.toString());
            return new SmallDisk(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(List.of(command) + ": " + said.strip()
                    + " (this test needs to be root, with the right to mount a file system)");
        }
    }

    /// A directory that only the server may enter, as a tablespace wants it.
    String location() {
        try {
            Path location = directory.resolve("space");
            if (!Files.exists(location)) {
                Files.createDirectory(location);
                Object user = Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(location, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
            }
            return location.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Leaves so many bytes.
    void fill(int left) {
        byte[] zeros = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (Files.getFileStore(directory).getUsableSpace() >= left + BLOCK) {
                out.write(zeros);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void free() {
        try {
            Files.delete(filler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// After the server, which keeps files open there.
    @Override
    public void close() throws IOException {
        run("umount", directory.toString());
        Files.delete(directory);
    }
}
