package dev.godwit.staging.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/// Everything that one cluster has on disk:
///
/// ```
/// godwit-pg18-123/            everybody may pass through, only the owner may look
///   owner lock                see Ownership
///   postgresql.conf pg_hba.conf supervise.sh log
///   data/                     the server's own
/// ```
final class ClusterDirectory implements AutoCloseable {
    static final String PREFIX = "godwit-pg";
    private static final int LAST_LINES = 12;
    private static final int STATUS_LINE = 7;

    private final Path path;
    private final Ownership ownership;

    private ClusterDirectory(Path path, Ownership ownership) {
        this.path = requireNonNull(path);
        this.ownership = requireNonNull(ownership);
    }

    static ClusterDirectory create(Path base, int major) throws IOException {
        Path path = Files.createTempDirectory(base, PREFIX + major + "-");
        try {
            return new ClusterDirectory(path, Ownership.take(path));
        } catch (IOException e) {
            Removal.remove(path);
            throw e;
        }
    }

    /// @param account will own the data
    void furnish(Account account, String settings) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
        Files.createDirectory(data());
        Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("rwx------"));
        account.own(data());
        write("supervise.sh", script());
        write("pg_hba.conf", Settings.hostBasedAuthentication());
        write("postgresql.conf", settings);
    }

    private static String script() throws IOException {
        try (InputStream script = requireNonNull(ClusterDirectory.class.getResourceAsStream("supervise.sh"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void write(String name, String content) throws IOException {
        Path file = Files.writeString(path.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    void shareWith(long supervisor) throws IOException {
        ownership.shareWith(supervisor);
    }

    Path path() {
        return path;
    }

    Path data() {
        return dataIn(path);
    }

    static Path dataIn(Path directory) {
        return directory.resolve("data");
    }

    Path log() {
        return path.resolve("log");
    }

    /// @return whether the server says that it accepts connections
    ///
    /// Source: `src/include/utils/pidfile.h`, `LOCK_FILE_LINE_PM_STATUS`
    boolean ready() throws IOException {
        try {
            List<String> lines = Files.readAllLines(data().resolve("postmaster.pid"));
            return lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
        } catch (NoSuchFileException notYet) {
            return false;
        }
    }

    /// @return the end of the server's log, which says why it did not start
    String lastLogLines() throws IOException {
        try (Stream<String> lines = Files.lines(log(), StandardCharsets.ISO_8859_1)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - LAST_LINES), all.size()));
        }
    }

    /// Clears it away with whatever still runs in it. What others cleared before is no error.
    @Override
    public void close() throws IOException {
        try (ownership) {
            Leftovers.clear(path);
        }
    }
}
