package dev.godwit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.gateway.wire.Frames;
import dev.godwit.gateway.wire.MessageWriter;
import dev.godwit.staging.EmbeddedPostgres;
import dev.godwit.staging.EmbeddedPostgres.Request;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The longest row that PostgreSQL sends, just under a gigabyte, through a Godwit that has a heap of 64 MB.
class GigabyteTest {
    private static final long BYTES = 1_000_000_000;
    private static final int ROW_HEADER = 1 + 4 + 2 + 4;
    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:([0-9]+)");

    /// Counts what a row is made of and keeps nothing of it.
    private static final class Counting extends OutputStream {
        private long letters;
        private long bytes;

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int from, int length) {
            for (int i = from; i < from + length; i++) {
                letters += buffer[i] == 'x' ? 1 : 0;
            }
            bytes += length;
        }
    }

    @Test
    void aRowOfOneGigabytePassesThroughAHeapOf64Megabytes() throws IOException, InterruptedException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Request.of(18))) {
            ProtocolVersionTest.trust(postgres);
            Process proxy = proxy(URI.create(postgres.url("postgres")).getPort());
            try (BufferedReader err = proxy.errorReader();
                    BufferedReader out = proxy.inputReader()) {
                Counting row = read(port(err));
                assertThat(row.letters).isEqualTo(BYTES);
                assertThat(row.bytes).isGreaterThanOrEqualTo(BYTES + ROW_HEADER);
                proxy.toHandle().destroy();
                proxy.waitFor();
                assertThat(err.lines().toList()).noneMatch(line -> line.contains("OutOfMemory"));
                assertThat(out.lines().toList()).anyMatch(line -> line.endsWith("SELECT repeat(?, ?)"));
            } finally {
                proxy.destroyForcibly();
            }
        }
    }

    private static Process proxy(int port) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.godwit.cli.Main",
                "proxy",
                "--upstream",
                "postgresql://postgres@127.0.0.1:" + port + "/postgres");
        return new ProcessBuilder(command).start();
    }

    private static int port(BufferedReader err) throws IOException {
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
        }
        throw new AssertionError("it never listened");
    }

    private static Counting read(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Counting row = new Counting();
            Frames messages = new Frames(socket.getInputStream(), row);
            socket.getOutputStream().write(ProtocolVersionTest.startup(0));
            skipTo(messages, 'Z');
            socket.getOutputStream()
                    .write(new MessageWriter()
                            .begin('Q')
                            .text("SELECT repeat('x', " + BYTES + ")")
                            .end()
                            .toBytes());
            skipTo(messages, 'D');
            messages.pass();
            skipTo(messages, 'Z');
            return row;
        }
    }

    /// Leaves out what comes before, so that the row alone is counted.
    private static void skipTo(Frames messages, char wanted) throws IOException {
        for (int type = messages.advance(); type != wanted; type = messages.advance()) {
            assertThat(type).as("the stream goes on").isNotEqualTo(-1);
            messages.gather();
            messages.drop();
        }
        if (wanted == 'Z') {
            messages.gather();
            messages.drop();
        }
    }
}
