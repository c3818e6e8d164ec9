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

    private final ClusterDirectory directory;
    private final Process process;
    private final BufferedReader reports;

    private Supervisor(ClusterDirectory directory, Process process) {
        this.directory = directory;
        this.process = process;
        this.reports = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Supervisor start(ClusterDirectory directory, Path template, Binaries binaries, Account account)
            throws IOException {
        List<String> words = new ArrayList<>();
        if (Command.exists("setsid")) {
            words.add("setsid"); // Ctrl-C at a terminal goes to every process of its session.
        }
        words.addAll(List.of("sh", directory.path().resolve("supervise.sh").toString()));
        words.addAll(List.of(directory.path().toString(), template.toString(), binaries.program("postgres")));
        words.addAll(account.prefix());
        ProcessBuilder builder = Command.builder(directory.path(), words);
        builder.redirectError(directory.path().resolve("log").toFile());
        return new Supervisor(directory, builder.start());
    }

    /// @param passwordSql sets the superuser's password; it goes through the pipe, never through an argument
    void introduce(String passwordSql) throws IOException {
        directory.addOwner(process.pid());
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
