package dev.godwit.db;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.util.Map;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/// Sockets that notice within a minute that nobody is at the other end any more: a server that went away without a word
/// (a network that drops packets, a machine without power). The kernel's own patience is two hours.
///
/// Public because the driver makes it, by its name.
public final class WatchedSockets extends SocketFactory {
    private static final Map<SocketOption<Integer>, String> OPTIONS = Map.of(
            ExtendedSocketOptions.TCP_KEEPIDLE, "keepalives_idle",
            ExtendedSocketOptions.TCP_KEEPINTERVAL, "keepalives_interval",
            ExtendedSocketOptions.TCP_KEEPCOUNT, "keepalives_count");

    private static final Map<String, String> DEFAULTS =
            Map.of("keepalives_idle", "30", "keepalives_interval", "10", "keepalives_count", "3");

    private final Map<String, Integer> values;

    /// @param argument as [#argument] writes it
    public WatchedSockets(String argument) {
        String[] words = argument.split(",", -1);
        this.values = Map.of(
                "keepalives_idle", Integer.parseInt(words[0]),
                "keepalives_interval", Integer.parseInt(words[1]),
                "keepalives_count", Integer.parseInt(words[2]));
    }

    /// @param settings libpq keywords; zero and nonsense mean the kernel's own value, as with libpq
    static String argument(Map<String, String> settings) {
        return word(settings, "keepalives_idle") + "," + word(settings, "keepalives_interval") + ","
                + word(settings, "keepalives_count");
    }

    private static String word(Map<String, String> settings, String keyword) {
        String value = settings.getOrDefault(keyword, DEFAULTS.getOrDefault(keyword, "0"));
        return value.matches("[0-9]{1,5}") ? value : "0";
    }

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new Socket();
        for (Map.Entry<SocketOption<Integer>, String> option : OPTIONS.entrySet()) {
            int value = values.getOrDefault(option.getValue(), 0);
            if (value > 0 && socket.supportedOptions().contains(option.getKey())) {
                socket.setOption(option.getKey(), value);
            }
        }
        return socket;
    }

    private Socket connected(InetSocketAddress to) throws IOException {
        Socket socket = createSocket();
        socket.connect(to);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(InetAddress.getByName(host), port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        Socket socket = createSocket();
        socket.bind(new InetSocketAddress(localHost, localPort));
        socket.connect(new InetSocketAddress(host, port));
        return socket;
    }
}
