package dev.godwit.gateway;

import dev.godwit.db.DatabaseUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;

/// The way to the server.
record Upstream(DatabaseUrl url) {
    private static final int CANCEL_MILLIS = 5_000;

    /// @return a connection on which nothing of the session has been said yet
    Socket connect() throws IOException {
        InetSocketAddress address = new InetSocketAddress(url.address(), url.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException("the host " + url.host() + " is not known");
        }
        Socket socket = new Socket();
        try {
            socket.connect(address, Math.toIntExact(url.connectTimeout().toMillis()));
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /// Sends a CancelRequest and waits until the server has taken it, which it shows by closing.
    void cancel(byte[] request) throws IOException {
        try (Socket socket = connect();
                InputStream in = socket.getInputStream()) {
            socket.setSoTimeout(CANCEL_MILLIS);
            socket.getOutputStream().write(request);
            in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
