package dev.godwit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.db.Session;
import dev.godwit.gateway.wire.BackendMessage;
import dev.godwit.gateway.wire.BackendMessage.BackendKeyData;
import dev.godwit.gateway.wire.BackendMessage.ErrorResponse;
import dev.godwit.gateway.wire.Frames;
import dev.godwit.gateway.wire.MessageWriter;
import dev.godwit.gateway.wire.StartupPacket;
import dev.godwit.staging.EmbeddedPostgres;
import dev.godwit.staging.EmbeddedPostgres.Request;
import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Versions of the protocol that no client of these days speaks by itself, on PostgreSQL 18, which knows 3.0 and 3.2.
class ProtocolVersionTest {
    private static final int MAJOR = 3 << 16;

    /// @param keyBytes of the key that cancels; longer than four since 3.2
    @ParameterizedTest
    @CsvSource({"0, 4, false", "2, 32, false", "7, 32, true"})
    void aVersionIsAgreedByServerAndClientAlone(int minor, int keyBytes, boolean negotiated) throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Request.of(18))) {
            trust(postgres);
            Through through = Through.of(postgres.url("postgres"), new Recorder());
            try (through;
                    Socket socket = new Socket(
                            InetAddress.getLoopbackAddress(), through.gateway().port())) {
                Heard heard = new Heard(socket);
                socket.getOutputStream().write(startup(minor));
                assertThat(heard.next("vR")).isEqualTo(negotiated ? 'v' : 'R');
                assertThat(heard.next("KE")).isEqualTo('K');
                BackendKeyData key = (BackendKeyData) heard.message();
                assertThat(key.key().toBytes()).hasSize(keyBytes);
                assertThat(heard.next("ZE")).isEqualTo('Z');
                socket.getOutputStream()
                        .write(new MessageWriter()
                                .begin('Q')
                                .text("SELECT pg_sleep(60)")
                                .end()
                                .toBytes());
                awaitSleep(through);
                cancel(through, key);
                assertThat(heard.next("EZ")).isEqualTo('E');
                assertThat(((ErrorResponse) heard.message()).sqlState()).isEqualTo("57014");
            }
            through.assertNothingLeft();
        }
    }

    static void trust(EmbeddedPostgres postgres) throws IOException {
        Path rules = postgres.dataDirectory().resolveSibling("pg_hba.conf");
        Files.writeString(rules, "host all trusting 127.0.0.1/32 trust\n" + Files.readString(rules));
        TestClusters.execute(postgres.url("postgres"), "CREATE ROLE trusting SUPERUSER LOGIN; SELECT pg_reload_conf()");
        Through.until("the server has read its rules", () -> letsIn(postgres));
    }

    private static boolean letsIn(EmbeddedPostgres postgres) {
        String url = postgres.url("postgres").replaceFirst("//[^@]*@", "//trusting:none@");
        try (Connection connection = TestClusters.connect(url)) {
            return connection.isValid(5);
        } catch (SQLException _) {
            return false;
        }
    }

    static byte[] startup(int minor) {
        byte[] parameters = new MessageWriter()
                .int32(MAJOR + minor)
                .text("user")
                .text("trusting")
                .text("database")
                .text("postgres")
                .int8(0)
                .toBytes();
        return new MessageWriter()
                .int32(parameters.length + 4)
                .bytes(parameters)
                .toBytes();
    }

    private static void cancel(Through through, BackendKeyData key) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), through.gateway().port())) {
            socket.getOutputStream()
                    .write(StartupPacket.cancelRequest(key.pid(), key.key().toBytes()));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static void awaitSleep(Through through) {
        try (Session direct = through.direct()) {
            Through.until(
                    "it sleeps",
                    () -> direct.query(
                                            "SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event = 'PgSleep'",
                                            row -> row.number("n"))
                                    .getFirst()
                            == 1);
        }
    }

    /// The server's messages one after the other.
    static final class Heard {
        private final Frames frames;
        private BackendMessage message = new BackendMessage.Other(' ');

        Heard(Socket socket) throws IOException {
            frames = new Frames(socket.getInputStream(), OutputStream.nullOutputStream());
        }

        /// @return the type of the next message that is of one of these
        char next(String types) throws IOException {
            for (int type = frames.advance(); type >= 0; type = frames.advance()) {
                frames.gather();
                message = BackendMessage.decode(type, frames.body());
                frames.pass();
                if (types.indexOf(type) >= 0) {
                    return (char) type;
                }
            }
            throw new AssertionError("the stream ended before " + types);
        }

        BackendMessage message() {
            return message;
        }
    }
}
