package dev.godwit.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Direct, and through Debian's PgBouncer in each of its modes.
class PoolerGateTest {
    private static final String SQL = "CREATE TABLE n (id int)";

    @TempDir
    private Path directory = Path.of("");

    private final String direct = TestClusters.freshDatabase(18);
    private final List<Process> poolers = new ArrayList<>();

    @AfterEach
    void stop() {
        poolers.forEach(Process::destroyForcibly);
    }

    /// @return the database's URL through a pooler
    private String through(String mode, int roundRobin, int poolSize) throws IOException, InterruptedException {
        URI server = URI.create(direct);
        int port = freePort();
        Path file = directory.resolve("pgbouncer.ini");
        Files.writeString(file, """
                [databases]
                * = host=%s port=%d user=postgres password=%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = %s
                server_round_robin = %d
                default_pool_size = %d
                query_wait_timeout = 5
                ignore_startup_parameters = extra_float_digits
                """.formatted(
                        server.getHost(),
                        server.getPort(),
                        server.getRawUserInfo().split(":", 2)[1],
                        port,
                        mode,
                        roundRobin,
                        poolSize));
        List<String> command = new ArrayList<>(List.of("/usr/sbin/pgbouncer", "-q"));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(file.toString());
        Process pooler = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        poolers.add(pooler);
        awaitListening(pooler, port);
        return "postgresql://postgres:any@127.0.0.1:" + port + server.getPath();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening(Process pooler, int port) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plusSeconds(10);
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
                return;
            } catch (IOException notYet) {
                assertThat(pooler.isAlive())
                        .as(Files.readString(directory.resolve("log")))
                        .isTrue();
                assertThat(Instant.now()).as(notYet.toString()).isBefore(deadline);
                pooler.waitFor(20, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static Gate ask(String url) {
        try (GateScene scene = new GateScene(url, Limits.DEFAULT)) {
            return scene.ask(new PoolerGate(), SQL);
        }
    }

    @Test
    void aServerItselfAndAPoolerOfSessionsKeepTheBackend() throws Exception {
        assertThat(ask(direct)).returns(true, Gate::open);
        assertThat(ask(through("session", 0, 10))).returns(true, Gate::open);
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "0, 1", "0, 2", "1, 10", "1, 2", "1, 3"})
    void aPoolerOfTransactionsIsToldByItsBackends(int roundRobin, int poolSize) throws Exception {
        String url = through("transaction", roundRobin, poolSize);
        openBackends(url, poolSize);

        assertThat(ask(url)).returns(false, Gate::open).satisfies(gate -> {
            assertThat(gate.reason()).contains("transaction mode", "neither session locks");
            assertThat(gate.remedy()).contains("connect to the server itself");
        });
    }

    /// So that the pooler has several to choose from.
    private static void openBackends(String url, int number) {
        List<Session> clients = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Session client = Session.open(DatabaseUrl.parse(url, Map.of()), "client " + i);
            client.begin();
            client.execute("SELECT 1");
            clients.add(client);
        }
        clients.forEach(Session::rollback);
        clients.forEach(Session::close);
    }
}
