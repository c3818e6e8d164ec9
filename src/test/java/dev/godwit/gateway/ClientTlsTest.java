package dev.godwit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.gateway.Gateway.Options;
import dev.godwit.gateway.wire.StartupPacket;
import dev.godwit.problem.GodwitException;
import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ssl.NonValidatingFactory;

/// Clients that speak TLS with the gateway: libpq by SSLRequest, pgjdbc from the first byte as well.
@TestInstance(Lifecycle.PER_CLASS)
class ClientTlsTest {
    private static final String COUNT_BACKENDS = "SELECT count(*) AS n FROM pg_stat_activity"
            + " WHERE datname = current_database() AND wait_event = 'PgSleep'";

    private Path directory = Path.of("");

    @BeforeAll
    void makeCertificates(@TempDir Path temporary) throws IOException {
        directory = temporary;
        Certificates certificates = Certificates.make(directory, "postgres");
        certificates.openssl(List.of("rsa", "-traditional", "-in", "server.key", "-out", "pkcs1.key"));
        certificates.openssl(List.of(
                "pkcs8",
                "-topk8",
                "-v2",
                "aes-256-cbc",
                "-passout",
                "pass:x",
                "-in",
                "server.key",
                "-out",
                "locked.key"));
        certificates.openssl(List.of(
                "rsa", "-traditional", "-aes256", "-passout", "pass:x", "-in", "server.key", "-out", "locked1.key"));
        certificates.localhost("curve", "ecparam", "-name", "prime256v1", "-genkey", "-noout");
        certificates.localhost("edwards", "genpkey", "-algorithm", "ED25519");
        Files.copy(certificates.file("server.crt"), certificates.file("pkcs1.crt"));
        Files.writeString(
                certificates.file("chain.crt"),
                Files.readString(certificates.file("server.crt")) + Files.readString(certificates.file("ca.crt")));
        Files.copy(certificates.file("server.key"), certificates.file("chain.key"));
        Files.writeString(certificates.file("empty.pem"), "nothing\n");
    }

    private ClientTls tls(String certificate, String key) {
        return ClientTls.of(directory.resolve(certificate), directory.resolve(key));
    }

    private Through through(StatementHandler handler) {
        return through("server", handler);
    }

    private Through through(String name, StatementHandler handler) {
        ClientTls tls = tls(name + ".crt", name + ".key");
        String url = TestClusters.freshDatabase(18);
        DatabaseUrl upstream = DatabaseUrl.parse(url, Map.of());
        return new Through(url, Gateway.start(new Options(upstream, "127.0.0.1", 0, Optional.of(tls)), handler));
    }

    private Psql psql(Through through, String settings) {
        return new Psql(through.url(), settings.replace("$", directory + "/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"server", "pkcs1", "curve", "edwards", "chain"})
    void psqlVerifiesTheGatewayInFull(String name) {
        Through through = through(name, new Recorder());
        try (through) {
            Psql psql = psql(through, "host=localhost sslmode=verify-full sslrootcert=$ca.crt");
            assertThat(psql.run("\\conninfo")).contains("SSL connection (protocol: TLSv1.3");
            assertThat(psql.run("SELECT length(repeat('x', 3000000))")).isEqualTo("3000000\n");
        }
        through.assertNothingLeft();
    }

    @ParameterizedTest
    @CsvSource({
        "host=localhost sslmode=verify-full sslrootcert=$other.crt, certificate verify failed",
        "host=127.0.0.1 sslmode=verify-full sslrootcert=$ca.crt, does not match host name"
    })
    void psqlRefusesAnotherGateway(String settings, String says) {
        Through through = through(StatementHandler.NONE);
        try (through) {
            assertThat(psql(through, settings).run("SELECT 1")).contains(says);
        }
        through.assertNothingLeft();
    }

    @Test
    void aClientMayStayInClear() {
        Through through = through(StatementHandler.NONE);
        try (through) {
            assertThat(psql(through, "host=localhost sslmode=disable").run("\\conninfo"))
                    .contains("You are connected")
                    .doesNotContain("SSL");
        }
        through.assertNothingLeft();
    }

    private String direct() {
        return "sslNegotiation=direct&sslmode=verify-full&sslrootcert=" + directory.resolve("ca.crt");
    }

    private Connection connect(Through through, String options) throws SQLException {
        return Through.connect(through.url().replace("127.0.0.1", "localhost"), options);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pgjdbcBeginsWithTlsAndWorksAsItDoesDirectly(boolean watched) throws Exception {
        Through through = through(watched ? new Recorder() : StatementHandler.NONE);
        try (through) {
            assertThat(JdbcScript.run(through.url().replace("127.0.0.1", "localhost"), direct()))
                    .isEqualTo(JdbcScript.run(TestClusters.freshDatabase(18), ""));
        }
        through.assertNothingLeft();
    }

    @Test
    void aClientThatDoesNotNameTheProtocolIsLetGo() throws Exception {
        Through through = through(StatementHandler.NONE);
        try (through;
                SSLSocket socket = (SSLSocket) new NonValidatingFactory("")
                        .createSocket("127.0.0.1", through.gateway().port())) {
            socket.startHandshake();
            assertThat(ended(socket)).isTrue();
        }
        through.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0016", "\u0016\u0003\u0001", "\u0016\u0003\u0001\u0000\u0005nonsense"})
    void halfAndBrokenHandshakesLeaveNothing(String bytes) throws IOException {
        Through through = through(StatementHandler.NONE);
        try (through;
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), through.gateway().port())) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        }
        through.assertNothingLeft();
    }

    /// CVE-2021-23214, which was PostgreSQL's own.
    @Test
    void whatStandsBehindTheRequestForTlsIsNotTakenForTheClients() throws IOException {
        Through through = through(StatementHandler.NONE);
        try (through;
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), through.gateway().port())) {
            byte[] request = StartupPacket.sslRequest();
            byte[] both = java.util.Arrays.copyOf(request, request.length + 20);
            socket.getOutputStream().write(both);
            assertThat(ended(socket)).isTrue();
        }
        through.assertNothingLeft();
    }

    private static boolean ended(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException _) {
            return true;
        }
    }

    @Test
    void aCancelComesThroughAndAClosedGatewayLeavesNothing() throws SQLException {
        Through through = through(new Recorder());
        try (Session direct = through.direct();
                Connection connection = connect(through, direct());
                var statement = connection.createStatement();
                Connection other = connect(through, direct());
                var sleep = other.createStatement()) {
            CompletableFuture<Void> canceled = failing(() -> statement.execute("SELECT pg_sleep(60)"));
            CompletableFuture<Void> cut = failing(() -> sleep.execute("SELECT pg_sleep(60)"));
            Through.until("both sleep", () -> asleep(direct) == 2);
            statement.cancel();
            assertThatThrownBy(canceled::join).hasMessageContaining("canceling statement due to user request");
            through.close();
            assertThatThrownBy(cut::join).isNotNull();
            Through.until("no backend is left", () -> Through.backends(direct) == 0);
        }
        through.assertNothingLeft();
    }

    /// What fails does so in the future.
    private interface Failing {
        void run() throws SQLException;
    }

    private static CompletableFuture<Void> failing(Failing body) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        body.run();
                    } catch (SQLException e) {
                        throw new IllegalStateException(e.getMessage(), e);
                    }
                },
                Thread.ofVirtual()::start);
    }

    private static long asleep(Session session) {
        return session.query(COUNT_BACKENDS, row -> row.number("n")).getFirst();
    }

    /// The gateway looks whether the client is still there while it holds; TLS must not suffer from that.
    @Test
    void aClientIsWatchedWhileItsStatementIsHeld() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        Through through = through(new Holding(held));
        try (through;
                Connection connection = connect(through, direct());
                var statement = connection.createStatement()) {
            CompletableFuture<Void> running = failing(() -> statement.execute("SELECT 'hold'"));
            held.await();
            assertThat(running).isNotDone();
            connection.abort(Runnable::run);
            assertThatThrownBy(running::join).isNotNull();
            Through.until("it is let go", () -> through.gateway().connections().isEmpty());
        }
        through.assertNothingLeft();
    }

    private record Holding(CountDownLatch held) implements StatementHandler {
        @Override
        public Verdict before(HeldSession session, SentStatement statement) {
            if (statement.sql().contains("hold")) {
                held.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            }
            return Verdict.FORWARD;
        }

        @Override
        public Retry after(HeldSession session, SentStatement statement, Completion completion) {
            return Retry.DONE;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "none.crt, server.key, none.crt, does not exist",
        "server.crt, none.key, none.key, does not exist",
        "empty.pem, server.key, empty.pem, holds no certificate",
        "server.crt, empty.pem, empty.pem, holds no private key",
        "server.crt, client.key, client.key, does not belong to the certificate",
        "server.crt, curve.key, curve.key, not of the certificate's kind",
        "server.crt, locked.key, locked.key, is encrypted",
        "server.crt, locked1.key, locked1.key, is encrypted"
    })
    void filesThatDoNotDoAreNamed(String certificate, String key, String named, String says) {
        assertThatThrownBy(() -> tls(certificate, key))
                .isInstanceOf(GodwitException.class)
                .hasMessageContaining(says)
                .extracting(e -> ((GodwitException) e).problem().toString())
                .asString()
                .contains(named);
    }
}
