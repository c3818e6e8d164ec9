package dev.godwit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.gateway.Gateway.Options;
import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// A database of one's own, direct and through a gateway.
record Through(String directUrl, Gateway gateway) implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    static Through fresh(StatementHandler handler) {
        return of(TestClusters.freshDatabase(18), handler);
    }

    static Through of(String url, StatementHandler handler) {
        return new Through(url, Gateway.start(Options.loopback(DatabaseUrl.parse(url, Map.of())), handler));
    }

    String url() {
        return at(directUrl, gateway.port());
    }

    /// @return the same database at another port of this machine
    static String at(String url, int port) {
        URI uri = URI.create(url);
        return "postgresql://" + uri.getRawUserInfo() + "@127.0.0.1:" + port + uri.getRawPath();
    }

    Connection connect() throws SQLException {
        return TestClusters.connect(url());
    }

    /// @param options of pgjdbc
    Connection connect(String options) throws SQLException {
        return connect(url(), options);
    }

    static Connection connect(String url, String options) throws SQLException {
        URI uri = URI.create(url);
        String[] user = uri.getUserInfo().split(":", 2);
        String address = "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getRawPath();
        return DriverManager.getConnection(address + "?" + options, user[0], user[1]);
    }

    Session session() {
        return Session.open(DatabaseUrl.parse(url(), Map.of()), "through");
    }

    Session direct() {
        return Session.open(DatabaseUrl.parse(directUrl, Map.of()), "direct");
    }

    void assertNothingLeftAfterClose() {
        close();
        assertNothingLeft();
    }

    /// Asserts that no thread and no socket of the gateway and no backend in this database is left.
    void assertNothingLeft() {
        until("no thread of the gateway is left: " + threads(), () -> threads().isEmpty());
        assertThat(gateway.port()).isPositive();
        until("no socket is left: " + sockets(), () -> sockets().isEmpty());
        try (Session session = direct()) {
            until("no backend is left", () -> backends(session) == 0);
        }
    }

    static long backends(Session session) {
        return session.query(
                        "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
                        row -> row.number("n"))
                .getFirst();
    }

    /// @return the ends at the gateway's port that a process still holds; a client's end has it as its other port, and
    ///     one that only the kernel remembers has no inode
    List<String> sockets() {
        String port = String.format(Locale.ROOT, ":%04X", gateway.port());
        return Stream.of("tcp", "tcp6")
                .flatMap(Through::table)
                .map(line -> List.of(line.strip().split("\\s+")))
                .filter(fields -> fields.get(1).endsWith(port) && !fields.get(9).equals("0"))
                .map(fields -> String.join(" ", fields.subList(1, 4)))
                .toList();
    }

    private static Stream<String> table(String protocol) {
        try {
            return Files.readAllLines(Path.of("/proc/self/net", protocol)).stream()
                    .skip(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("gateway"))
                .toList();
    }

    static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + LIMIT.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    @Override
    public void close() {
        gateway.close();
    }
}
