package dev.godwit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.db.Session;
import dev.godwit.gateway.Hop.Damage;
import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bytes that no client and no server would send: they end the connection that they came on, and touch no other.
class FuzzTest {
    private static final int ROUNDS = 30;

    private static StatementHandler handler(boolean watched) {
        return watched ? new Recorder() : StatementHandler.NONE;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noiseInPlaceOfAClientHurtsNobody(boolean watched) throws IOException {
        Through through = Through.fresh(handler(watched));
        try (through;
                Session other = through.session()) {
            Random random = new Random(7);
            for (int round = 0; round < ROUNDS; round++) {
                try (Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), through.gateway().port())) {
                    OutputStream out = socket.getOutputStream();
                    byte[] noise = new byte[1 + random.nextInt(300)];
                    random.nextBytes(noise);
                    if (round % 2 == 0) {
                        startup(out, "user\0postgres\0database\0postgres\0\0");
                    }
                    out.write(noise);
                }
                assertOwnAnswer(other, round);
            }
            assertThat(through.gateway().failure()).isEmpty();
        }
        through.assertNothingLeft();
    }

    private static void startup(OutputStream out, String parameters) throws IOException {
        byte[] text = parameters.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        out.write(new byte[] {0, 0, 0, (byte) (8 + text.length), 0, 3, 0, 0});
        out.write(text);
    }

    private static void assertOwnAnswer(Session session, int token) {
        assertThat(session.query("SELECT " + token + " AS token", row -> row.number("token")))
                .containsExactly((long) token);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void damageOnTheClientsSideHurtsNobodyElse(boolean watched) throws IOException {
        Through through = Through.fresh(handler(watched));
        try (through;
                Session other = through.session()) {
            CompletableFuture<Void> all = rounds(round -> {
                try (Hop hop = Hop.to(through.gateway().port(), flips(round), Damage.NONE)) {
                    talk(Through.at(through.directUrl(), hop.port()));
                }
            });
            for (int token = 0; !all.isDone(); token++) {
                assertOwnAnswer(other, token);
            }
            all.join();
            Through.until(
                    "only the other is left",
                    () -> through.gateway().connections().size() == 1);
            assertThat(through.gateway().failure()).isEmpty();
        }
        through.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void damageOnTheServersSideHurtsNobodyElse(boolean watched) throws IOException {
        String url = TestClusters.freshDatabase(18);
        int server = URI.create(url).getPort();
        rounds(round -> {
                    try (Hop hop = Hop.to(server, Damage.NONE, flips(round));
                            Through through = Through.of(Through.at(url, hop.port()), handler(watched))) {
                        talk(through.url());
                        Through.until(
                                "no connection is left",
                                () -> through.gateway().connections().isEmpty());
                        assertThat(through.gateway().failure()).isEmpty();
                    }
                })
                .join();
        Through.of(url, StatementHandler.NONE).assertNothingLeftAfterClose();
    }

    @FunctionalInterface
    private interface Round {
        void run(int number) throws IOException;
    }

    private static CompletableFuture<Void> rounds(Round round) {
        return CompletableFuture.allOf(IntStream.range(0, ROUNDS)
                .mapToObj(number -> CompletableFuture.runAsync(() -> run(round, number), Thread.ofVirtual()::start))
                .toArray(CompletableFuture[]::new));
    }

    private static void run(Round round, int number) {
        try {
            round.run(number);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Flips a bit in about every 500th byte behind the login.
    private static Damage flips(int seed) {
        Random random = new Random(seed);
        return (bytes, length, before) -> {
            for (int i = 0; i < length; i++) {
                if (before + i > 700 && random.nextInt(500) == 0) {
                    bytes[i] ^= (byte) (1 << random.nextInt(8));
                }
            }
            return length;
        };
    }

    /// Says something of everything, as long as it is let.
    private static void talk(String url) {
        for (String mode : List.of("simple", "extended")) {
            try (Connection connection =
                    Through.connect(url, "socketTimeout=1&connectTimeout=2&preferQueryMode=" + mode)) {
                connection.setAutoCommit(false);
                for (int i = 0; i < 20; i++) {
                    try (PreparedStatement select = connection.prepareStatement("SELECT ?::int, repeat('y', 100)")) {
                        select.setInt(1, i);
                        select.setFetchSize(5);
                        read(select);
                    }
                    connection.commit();
                }
            } catch (SQLException | RuntimeException damaged) {
                assertThat(damaged).isNotInstanceOf(IllegalThreadStateException.class);
            }
        }
    }

    private static void read(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                assertThat(rows.getMetaData().getColumnCount()).isPositive();
            }
        }
    }
}
