package dev.godwit.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A bad network: TCP handed on to a port of this machine, through something that damages it.
final class Hop implements AutoCloseable {
    /// What happens to bytes on their way.
    interface Damage {
        /// @param bytes changed in place
        /// @param before how many have passed in this direction
        /// @return how many of them arrive; fewer than length means that the network is cut behind them
        int apply(byte[] bytes, int length, long before);

        Damage NONE = (_, length, _) -> length;

        static Damage cutAfter(long most) {
            return (_, length, before) -> (int) Math.min(length, Math.max(0, most - before));
        }
    }

    private final ServerSocket listener;
    private final int port;
    private final Damage up;
    private final Damage down;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private Hop(ServerSocket listener, int port, Damage up, Damage down) {
        this.listener = listener;
        this.port = port;
        this.up = up;
        this.down = down;
    }

    /// @param up from the one who connects, `down` towards it
    static Hop to(int port, Damage up, Damage down) throws IOException {
        Hop hop = new Hop(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port, up, down);
        Thread.ofVirtual().start(hop::accept);
        return hop;
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket from = listener.accept();
                Socket to = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.addAll(List.of(from, to));
                Thread.ofVirtual().start(() -> carry(from, to, up));
                Thread.ofVirtual().start(() -> carry(to, from, down));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private static void carry(Socket from, Socket to, Damage damage) {
        byte[] bytes = new byte[4096];
        long before = 0;
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                int arrives = damage.apply(bytes, read, before);
                out.write(bytes, 0, arrives);
                before += read;
                if (arrives < read) {
                    return;
                }
            }
        } catch (IOException _) {
            // one side has ended, and with it both
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
