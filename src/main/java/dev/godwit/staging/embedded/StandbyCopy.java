package dev.godwit.staging.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// The data directory of a running server, copied to become that of its standby.
///
/// The standby logs in at its primary with the primary's password, which stands in a file that nobody but the server's
/// account can read and which goes with the standby.
///
/// Source: PostgreSQL manual, section 26.2.4, "Setting Up a Standby Server".
record StandbyCopy(Cluster primary, Backup backup, Account account) {
    private static final String VANISHED = "No such file or directory";

    void into(Path data) throws IOException {
        String label = backup.around(() -> copy(data));
        for (String own : List.of("postmaster.pid", "postmaster.opts")) {
            Files.deleteIfExists(data.resolve(own));
        }
        write(data.resolve("backup_label"), label);
        write(data.resolve("standby.signal"), "");
        Files.writeString(
                data.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=" + primary.port() + " user=postgres password="
                        + primary.password() + "'\n",
                StandardOpenOption.APPEND);
    }

    /// A file that a running server removes meanwhile is one that the copy does not need.
    private void copy(Path data) throws IOException {
        Command copied = Command.run(
                Path.of("/"),
                Command.words(
                        account.prefix(),
                        "cp",
                        "-R",
                        "--reflink=auto",
                        primary.dataDirectory() + "/.",
                        data.toString()));
        if (!copied.succeeded() && !copied.output().lines().allMatch(line -> line.contains(VANISHED))) {
            throw new IOException("the primary's files could not be copied: " + copied.output());
        }
    }

    private void write(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        account.own(file);
    }
}
