package dev.godwit.gateway;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.ServerTls;
import dev.godwit.gateway.wire.StartupPacket;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLException;

/// The way to the server, encrypted where the URL asks for it.
record Upstream(DatabaseUrl url, ServerTls tls) {
    private static final int CANCEL_MILLIS = 5_000;

    static Upstream of(DatabaseUrl url) {
        return new Upstream(url, ServerTls.of(url));
    }

    /// @return a connection on which nothing of the session has been said yet
    Socket connect() throws IOException {
        if (!tls.wanted()) {
            return open();
        }
        try {
            return encrypted();
        } catch (SSLException e) {
            if (tls.required()) {
                throw e;
            }
            return open();
        }
    }

    private Socket encrypted() throws IOException {
        Socket plain = open();
        try {
            plain.setSoTimeout(Math.toIntExact(url.connectTimeout().toMillis()));
            Socket agreed = tls.direct() ? direct(plain) : agree(plain);
            agreed.setSoTimeout(0);
            return agreed;
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    /// Source: PostgreSQL manual, section 54.2.11, and CVE-2021-23222: what comes in clear behind the server's answer
    /// is not the server's.
    private Socket agree(Socket plain) throws IOException {
        plain.getOutputStream().write(StartupPacket.sslRequest());
        int answer = plain.getInputStream().read();
        if (answer == 'S') {
            if (plain.getInputStream().available() > 0) {
                throw new SSLException("unencrypted bytes follow the server's answer");
            }
            return tls.over(plain);
        }
        if (answer != 'N') {
            throw new SSLException("the server does not answer the request for TLS");
        }
        if (tls.required()) {
            throw new SSLException("the server does not speak TLS, which the URL asks for");
        }
        return plain;
    }

    private Socket direct(Socket plain) throws IOException {
        try {
            return tls.over(plain);
        } catch (SSLException | SocketException e) {
            if (e instanceof SocketException || e.getCause() instanceof EOFException) {
                throw new SSLException(
                        "the server does not begin with TLS, as sslnegotiation=direct says and PostgreSQL 17 and later can",
                        e);
            }
            throw e;
        }
    }

    private Socket open() throws IOException {
        InetSocketAddress address = new InetSocketAddress(url.address(), url.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException("the host " + url.host() + " is not known");
        }
        Socket socket = SocketChannel.open().socket();
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
