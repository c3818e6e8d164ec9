package dev.godwit.staging.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The process that stands between this JVM and the server, `supervise.sh`. It holds the other end of a pipe: when the
/// JVM goes, however it goes, the kernel closes the pipe, and the supervisor stops the server and clears its directory.
final class Supervisor {
    private static final int PATIENCE_SECONDS = 20;
    private static final String STARTED = "started ";

    /// Ctrl-C at a terminal goes to every process of its session: the supervisor gets a session of its own.
    private static final String OWN_SESSION =
            "if command -v setsid >/dev/null; then exec setsid sh \"$@\"; else exec sh \"$@\"; fi";

    private final Process process;
    private final BufferedReader reports;

    private Supervisor(Process process) {
        this.process = process;
        this.reports = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// @param template is copied to become the server's data directory; empty when that is filled already
    static Supervisor start(ClusterDirectory directory, Optional<Path> template, Binaries binaries, Account account)
            throws IOException {
        List<String> words = new ArrayList<>(List.of("sh", "-c", OWN_SESSION, "sh"));
        words.addAll(List.of(
                directory.path().resolve("supervise.sh").toString(),
                directory.path().toString()));
        words.addAll(List.of(template.map(Path::toString).orElse(""), binaries.program("postgres")));
        words.addAll(account.prefix());
        ProcessBuilder builder = Command.builder(directory.path(), words);
        return new Supervisor(builder.redirectError(directory.log().toFile()).start());
    }

    long pid() {
        return process.pid();
    }

    /// @param passwordSql sets the superuser's password; it goes through the pipe, never through an argument; empty
    ///     when it is set already
    void introduce(String passwordSql) throws IOException {
        OutputStream pipe = process.getOutputStream();
        pipe.write((passwordSql + "\n").getBytes(StandardCharsets.UTF_8));
        pipe.flush();
    }

    /// @return the server's process once it runs, nothing if it did not come that far
    Optional<ProcessIdentity> awaitServer() throws IOException {
        String report = reports.readLine();
        if (report == null || !report.startsWith(STARTED)) {
            return Optional.empty();
        }
        return Optional.of(ProcessIdentity.of(Long.parseLong(report.substring(STARTED.length()))));
    }

    /// Closes the pipe and waits until the supervisor has done its work.
    void stop() throws IOException {
        process.getOutputStream().close();
        if (!Interruption.guard(() -> process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))) {
            Interruption.guard(process.destroyForcibly()::waitFor);
        }
    }
}
