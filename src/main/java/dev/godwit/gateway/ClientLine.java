package dev.godwit.gateway;

import dev.godwit.gateway.wire.StartupPacket;
import dev.godwit.gateway.wire.StartupPacket.Encryption;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;

/// The socket of one client, and what it is spoken through: itself, or TLS over it.
final class ClientLine implements AutoCloseable {
    private static final int STARTUP_MILLIS = 60_000;

    private final Socket plain;
    private final Optional<ClientTls> tls;
    private volatile Socket spoken;

    ClientLine(Socket plain, Optional<ClientTls> tls) {
        this.plain = plain;
        this.tls = tls;
        this.spoken = plain;
    }

    /// Sees to encryption, until the client says what it wants.
    ///
    /// @return empty when it went away without a word
    Optional<StartupPacket> greet() throws IOException {
        plain.setSoTimeout(STARTUP_MILLIS);
        Optional<StartupPacket> packet = first();
        for (int asked = 0; asked < 2 && packet.orElse(null) instanceof Encryption wish; asked++) {
            if (encrypted()) {
                break;
            }
            answer(wish);
            packet = StartupPacket.read(spoken.getInputStream());
        }
        plain.setSoTimeout(0);
        return packet;
    }

    private Optional<StartupPacket> first() throws IOException {
        int first = plain.getInputStream().read();
        if (first == ClientTls.HANDSHAKE && tls.isPresent()) {
            spoken = tls.get().direct(plain);
            return StartupPacket.read(spoken.getInputStream());
        }
        return first < 0 ? Optional.empty() : Optional.of(StartupPacket.read(first, plain.getInputStream()));
    }

    private void answer(Encryption wish) throws IOException {
        if (wish.tls() && tls.isPresent()) {
            spoken = tls.get().answered(plain);
        } else {
            plain.getOutputStream().write('N');
        }
    }

    boolean encrypted() {
        return !spoken.equals(plain);
    }

    Socket spoken() {
        return spoken;
    }

    OutputStream out() throws IOException {
        return spoken.getOutputStream();
    }

    boolean closed() {
        return plain.isClosed();
    }

    /// Ends it in a way that a client can tell from a network that was cut. Only for the thread that writes.
    void bid() {
        if (encrypted()) {
            Sockets.shutdownOutput(spoken);
        }
        close();
    }

    /// Ends it at once, whoever is reading or writing: TLS over it would wait for one who writes.
    @Override
    public void close() {
        Sockets.close(plain);
    }
}
