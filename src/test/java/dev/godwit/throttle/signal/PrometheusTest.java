package dev.godwit.throttle.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.staging.TestClusters;
import dev.godwit.throttle.LongWork;
import dev.godwit.throttle.Reading;
import dev.godwit.throttle.Signal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real Prometheus, Debian's.
class PrometheusTest {
    @TempDir
    private Path directory = Path.of("");

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process prometheus(int port) throws IOException {
        Path config = Files.writeString(directory.resolve("prometheus.yml"), "global: {scrape_interval: 1s}\n");
        return new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    @Test
    void theLargestSampleCountsAndWhatCannotBeKnownHoldsUp() throws IOException, InterruptedException {
        int port = freePort();
        String server = "http://127.0.0.1:" + port + "/ ";
        try (Session session = Session.open(DatabaseUrl.parse(TestClusters.freshDatabase(18), Map.of()), "test")) {
            assertThat(look(session, server + "vector(1) > 5"))
                    .contains("vector(1) unknown, Prometheus does not answer at 127.0.0.1:" + port + ", not <= 5");
            Process process = prometheus(port);
            try {
                long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
                while (look(session, server + "vector(1) > 5").isPresent()) {
                    assertThat(System.nanoTime()).isLessThan(deadline);
                    LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                }
                assertThat(look(session, server + "vector(7) > 5")).contains("vector(7) 7 > 5");
                assertThat(look(
                                session,
                                server + "vector(3) or label_replace(vector(9), \"a\", \"b\", \"\", \"\") > 5"))
                        .hasValueSatisfying(said -> assertThat(said).endsWith(" 9 > 5"));
                assertThat(look(session, server + "scalar(vector(6)) > 5.5")).contains("scalar(vector(6)) 6 > 5.5");
                assertThat(look(session, server + "vector(1) / 0 > 5")).contains("vector(1) / 0 +Inf > 5");
                assertThat(look(session, server + "vector(0) / 0 > 5"))
                        .contains("vector(0) / 0 unknown, it has no value, not <= 5");
                assertThat(look(session, server + "nothing_of_the_kind > 5"))
                        .contains("nothing_of_the_kind unknown, it has no value, not <= 5");
                assertThat(look(session, server + "sum( > 5"))
                        .contains("sum( unknown, Prometheus answers 400, not <= 5");
            } finally {
                process.destroy();
                process.waitFor();
            }
        }
    }

    private static Optional<String> look(Session session, String limit) {
        LongWork work = new LongWork(QualifiedName.inPublic("t"), () -> session);
        try (Signal signal = new Prometheus().limited(limit).watch(work)) {
            return signal.look(session).map(Reading::sentence);
        }
    }
}
