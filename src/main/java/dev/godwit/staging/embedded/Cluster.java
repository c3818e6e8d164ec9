package dev.godwit.staging.embedded;

import static java.util.Objects.requireNonNull;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/// One running PostgreSQL server that belongs to this process.
public final class Cluster implements AutoCloseable {
    private final Binaries binaries;
    private final ClusterDirectory directory;
    private final Supervisor supervisor;
    private final int port;
    private final String password;

    Cluster(Binaries binaries, ClusterDirectory directory, Supervisor supervisor, int port, String password) {
        this.binaries = requireNonNull(binaries);
        this.directory = requireNonNull(directory);
        this.supervisor = requireNonNull(supervisor);
        this.port = port;
        this.password = requireNonNull(password);
    }

    /// @param settings of `postgresql.conf`, over Godwit's own
    public static Cluster start(int major, Map<String, String> settings, Surroundings surroundings) {
        try {
            return new Launch(surroundings, Settings.of(settings), Launch::freePort).start(major);
        } catch (IOException e) {
            Problem problem = Problem.database("PostgreSQL " + major + " could not be started: " + Reason.of(e))
                    .leaving("nothing is left behind")
                    .remedy("run `godwit doctor`");
            throw new GodwitException(problem, e);
        }
    }

    /// @param settings those that this one runs with: some must not be less on a standby
    /// @param backup makes a copy of this one's files usable
    public Cluster standby(Map<String, String> settings, Backup backup, Surroundings surroundings) {
        try {
            return new Launch(surroundings, Settings.of(settings), Launch::freePort).standby(this, backup);
        } catch (IOException e) {
            Problem problem = Problem.database("a standby could not be started: " + Reason.of(e))
                    .leaving("its primary runs on, nothing else is left behind")
                    .remedy("run `godwit doctor`");
            throw new GodwitException(problem, e);
        }
    }

    /// Tells the supervisor what it waits for: how to set the password, if it is not set already.
    void introduce(String passwordSql) throws IOException {
        directory.shareWith(supervisor.pid());
        supervisor.introduce(passwordSql);
    }

    ClusterDirectory directory() {
        return directory;
    }

    Supervisor supervisor() {
        return supervisor;
    }

    public Binaries binaries() {
        return binaries;
    }

    public Path dataDirectory() {
        return directory.data();
    }

    public int port() {
        return port;
    }

    /// For a URL in memory only: it is in no argument, no file and no log.
    public String password() {
        return password;
    }

    /// Stops the server at once and removes its directory; returns when both are gone.
    @Override
    public void close() {
        try (directory) {
            supervisor.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
