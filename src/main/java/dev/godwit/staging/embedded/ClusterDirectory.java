package dev.godwit.staging.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/// Everything that one cluster has on disk, and who may use it:
///
/// ```
/// godwit-pg18-123/            everybody may pass through, only the owner may look
///   owner                     the JVM's identity, and the supervisor's below it
///   postgresql.conf pg_hba.conf supervise.sh log
///   data/                     the server's own
/// ```
record ClusterDirectory(Path path) {
    static final String PREFIX = "godwit-pg";
    private static final int LAST_LINES = 12;

    ClusterDirectory {
        requireNonNull(path);
    }

    static ClusterDirectory create(Path base, int major, Account account) throws IOException {
        ClusterDirectory made = new ClusterDirectory(Files.createTempDirectory(base, PREFIX + major + "-"));
        made.addOwner(ProcessHandle.current().pid());
        Files.setPosixFilePermissions(made.path, PosixFilePermissions.fromString("rwx--x--x"));
        Files.createDirectory(
                made.data(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        account.own(made.data());
        made.write("supervise.sh", script());
        made.write("pg_hba.conf", Settings.hostBasedAuthentication());
        return made;
    }

    private static String script() throws IOException {
        try (InputStream script = requireNonNull(ClusterDirectory.class.getResourceAsStream("supervise.sh"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    Path data() {
        return path.resolve("data");
    }

    void write(String name, String content) throws IOException {
        Path file = Files.writeString(path.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    void addOwner(long pid) throws IOException {
        Path file = path.resolve("owner");
        String before = Files.exists(file) ? Files.readString(file) : "";
        write("owner", before + ProcessIdentity.of(pid).line() + "\n");
    }

    /// @return whether the server says that it accepts connections
    ///
    /// Source: `src/include/utils/pidfile.h`, `LOCK_FILE_LINE_PM_STATUS`
    boolean ready() throws IOException {
        Path file = data().resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return false;
        }
        List<String> lines = Files.readAllLines(file);
        return lines.size() > 7 && lines.get(7).strip().equals("ready");
    }

    /// @return the end of the server's log, which says why it did not start
    String lastLogLines() throws IOException {
        Path log = path.resolve("log");
        if (!Files.exists(log)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - LAST_LINES), all.size()));
        }
    }
}
