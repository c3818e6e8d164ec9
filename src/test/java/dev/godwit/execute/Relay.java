package dev.godwit.execute;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The network between Godwit and a server of this machine, which can be cut in the middle of a message.
final class Relay implements AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;

    private final ServerSocket listener;
    private volatile int port;
    private final AtomicLong left = new AtomicLong(NEVER);
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean down;

    private Relay(ServerSocket listener, int port) {
        this.listener = listener;
        this.port = port;
    }

    static Relay to(int port) {
        try {
            Relay relay = new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
            Thread.ofVirtual().start(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /// Another server answers from now on at the same address, as after a failover.
    void leadTo(int otherPort) {
        port = otherPort;
        cut();
    }

    /// After so many more bytes, in whichever direction, every connection is cut, and none is taken until [#mend].
    void cutAfter(long bytes) {
        left.set(bytes);
    }

    boolean isDown() {
        return down;
    }

    void cut() {
        down = true;
        left.set(NEVER);
        sockets.forEach(Relay::close);
        sockets.clear();
    }

    void mend() {
        left.set(NEVER);
        down = false;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                take(listener.accept());
            } catch (IOException _) {
                // closed, or nobody listens at the other end: the one who connected is told by the end of its socket
            }
        }
    }

    private void take(Socket from) throws IOException {
        sockets.add(from);
        if (down) {
            close(from);
            return;
        }
        try {
            Socket to = new Socket(InetAddress.getLoopbackAddress(), port);
            sockets.add(to);
            Thread.ofVirtual().start(() -> carry(from, to));
            Thread.ofVirtual().start(() -> carry(to, from));
        } catch (IOException e) {
            close(from);
            throw e;
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] bytes = new byte[4096];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                long allowed = left.get() == NEVER ? NEVER : left.addAndGet(-read) + read;
                out.write(bytes, 0, Math.clamp(allowed, 0, read));
                if (allowed < read) {
                    cut();
                }
            }
        } catch (IOException _) {
            // one side has ended, and with it both
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
