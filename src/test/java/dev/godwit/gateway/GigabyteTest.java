package dev.godwit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.gateway.wire.Frames;
import dev.godwit.gateway.wire.MessageWriter;
import dev.godwit.staging.EmbeddedPostgres;
import dev.godwit.staging.EmbeddedPostgres.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/// The longest row that PostgreSQL sends, just under a gigabyte, to a client that does not keep it either.
class GigabyteTest {
    private static final long BYTES = 1_000_000_000;
    private static final int ROW_HEADER = 1 + 4 + 2 + 4;
    private static final long MOST_MEMORY = 64L << 20;

    /// Counts what a row is made of, and how much memory this JVM, which is the gateway's too, takes meanwhile.
    private static final class Counting extends OutputStream {
        private final long before = usedMemory();
        private long letters;
        private long bytes;
        private long most;
        private long writes;

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
            if (writes++ % 256 == 0) {
                most = Math.max(most, usedMemory() - before);
            }
        }

        private static long usedMemory() {
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }
    }

    @Test
    void aRowOfOneGigabytePassesThroughLittleMemory() throws IOException {
        Recorder recorder = new Recorder();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Request.of(18))) {
            ProtocolVersionTest.trust(postgres);
            Through through = Through.of(postgres.url("postgres"), recorder);
            try (through;
                    Socket socket = new Socket(
                            InetAddress.getLoopbackAddress(), through.gateway().port())) {
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
                assertThat(row.letters).isEqualTo(BYTES);
                assertThat(row.bytes).isGreaterThanOrEqualTo(BYTES + ROW_HEADER);
                assertThat(row.most).isLessThan(MOST_MEMORY);
            }
            through.assertNothingLeft();
        }
        assertThat(recorder.recorded())
                .singleElement()
                .satisfies(one -> assertThat(one.completion().tag()).isEqualTo("SELECT 1"));
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
