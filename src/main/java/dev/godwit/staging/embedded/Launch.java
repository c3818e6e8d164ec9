package dev.godwit.staging.embedded;

import static java.util.Objects.requireNonNull;

import dev.godwit.problem.Problem;
import dev.godwit.staging.embedded.ProcessIdentity.Life;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The way from a wish to a running server.
record Launch(Surroundings surroundings, Settings settings, Ports ports) {
    private static final int PORT_ATTEMPTS = 5;
    private static final int PASSWORD_BYTES = 24;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /// Proposes a port for the server.
    interface Ports {
        int next() throws IOException;
    }

    Launch {
        requireNonNull(surroundings);
        requireNonNull(settings);
        requireNonNull(ports);
    }

    /// One try on one port.
    private interface Attempt {
        /// @return nothing when another process took the port first
        Optional<Cluster> on(int port) throws IOException;
    }

    Cluster start(int major) throws IOException {
        Path base = base();
        Template template = template(major, base);
        return onFreePort(port -> startOn(port, template, base), major);
    }

    Cluster standby(Cluster primary, Backup backup) throws IOException {
        Path base = base();
        int major = primary.binaries().version().major();
        Account account = template(major, base).ground().account();
        return onFreePort(port -> standbyOn(port, new StandbyCopy(primary, backup, account), base), major);
    }

    private Path base() throws IOException {
        ProcessIdentity.requireProc();
        Path base = Files.createDirectories(surroundings.clusters());
        Leftovers.clearAbandoned(base);
        return base;
    }

    private Cluster onFreePort(Attempt attempt, int major) throws IOException {
        for (int tries = 0; tries < PORT_ATTEMPTS; tries++) {
            Optional<Cluster> started = attempt.on(ports.next());
            if (started.isPresent()) {
                return started.get();
            }
        }
        throw Problem.database("every free port was taken again before PostgreSQL " + major + " could use it")
                .leaving("nothing is left behind")
                .remedy("run the command again")
                .raise();
    }

    private Template template(int major, Path base) throws IOException {
        Optional<Binaries> installed = new InstalledBinaries(major, surroundings).find();
        List<Path> reachable = new ArrayList<>(List.of(base));
        installed.map(Binaries::directory).ifPresent(reachable::add);
        Ground ground = Ground.choose(surroundings, reachable);
        return new Template(installed.isPresent() ? installed.get() : published(major, ground), ground);
    }

    private Binaries published(int major, Ground ground) throws IOException {
        PinnedArtifact artifact = PinnedArtifact.of(major, surroundings.architecture());
        return new PublishedBinaries(artifact, surroundings, ground.cache()).get();
    }

    private Optional<Cluster> startOn(int port, Template template, Path base) throws IOException {
        Binaries binaries = template.binaries();
        Path data = template.get();
        Disk.requireSpace(base, Disk.CLUSTER, "start PostgreSQL " + binaries.version());
        ClusterDirectory directory =
                ClusterDirectory.create(base, binaries.version().major());
        try {
            directory.furnish(template.ground().account(), settings.file(directory.path(), port));
            Supervisor supervisor = Supervisor.start(
                    directory, Optional.of(data), binaries, template.ground().account());
            String password = randomPassword();
            return readyOrClosed(
                    new Cluster(binaries, directory, supervisor, port, password),
                    "ALTER ROLE postgres PASSWORD '" + password + "'");
        } catch (IOException e) {
            directory.close();
            throw e;
        }
    }

    private Optional<Cluster> standbyOn(int port, StandbyCopy copy, Path base) throws IOException {
        Binaries binaries = copy.primary().binaries();
        ClusterDirectory directory =
                ClusterDirectory.create(base, binaries.version().major());
        try {
            directory.furnish(copy.account(), settings.file(directory.path(), port));
            copy.into(directory.data());
            Supervisor supervisor = Supervisor.start(directory, Optional.empty(), binaries, copy.account());
            return readyOrClosed(
                    new Cluster(
                            binaries,
                            directory,
                            supervisor,
                            port,
                            copy.primary().password()),
                    "");
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /// @param passwordSql empty when the password is set already
    private static Optional<Cluster> readyOrClosed(Cluster cluster, String passwordSql) throws IOException {
        boolean ready = false;
        try {
            cluster.introduce(passwordSql);
            ready = ready(cluster);
            return ready ? Optional.of(cluster) : portTakenOrRaise(cluster);
        } finally {
            if (!ready) {
                cluster.close();
            }
        }
    }

    private static boolean ready(Cluster cluster) throws IOException {
        Optional<ProcessIdentity> server = cluster.supervisor().awaitServer();
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (server.isPresent() && server.get().life() == Life.RUNNING && System.nanoTime() < deadline) {
            if (cluster.directory().ready()) {
                return true;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return false;
    }

    private static Optional<Cluster> portTakenOrRaise(Cluster cluster) throws IOException {
        String log = cluster.directory().lastLogLines();
        if (log.contains("Address already in use")) {
            return Optional.empty();
        }
        throw Problem.database("PostgreSQL " + cluster.binaries().version() + " did not start:\n" + log)
                .at(cluster.binaries().directory().toString())
                .leaving("nothing is left behind")
                .remedy("correct the setting that the log names, or run `godwit doctor`")
                .raise();
    }

    /// Free at this moment. Another process may take it before the server does.
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String randomPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
