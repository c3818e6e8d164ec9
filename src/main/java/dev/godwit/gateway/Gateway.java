package dev.godwit.gateway;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Listens where a client looks for its server, and gives each connection a backend of its own on the real one. Login,
/// user and database are the client's own affair; only the way to the server (address, TLS) is the gateway's.
///
/// Two threads a connection, which block in their reads: why, and what was measured of virtual threads and of one event
/// loop, is in docs/adr/0009-two-threads-a-connection.md.
public final class Gateway implements AutoCloseable {
    private static final int BACKLOG = 512;
    private static final long LOOK_EVERY_MILLIS = 200;
    private static final Duration CONNECTIONS_END_WITHIN = Duration.ofSeconds(15);

    /// @param upstream the server; its user and password are not used
    /// @param listenHost an address of this machine
    /// @param listenPort 0 for any that is free
    /// @param tls for clients that ask for it; without, they are told that there is none
    public record Options(DatabaseUrl upstream, String listenHost, int listenPort, Optional<ClientTls> tls) {
        public Options {
            requireNonNull(upstream);
            requireNonNull(tls);
            requireNonNull(listenHost);
        }

        /// @return on loopback, at any port that is free
        public static Options loopback(DatabaseUrl upstream) {
            return new Options(upstream, "127.0.0.1", 0, Optional.empty());
        }
    }

    private record Running(Relay relay, Thread thread) {
        void end() {
            relay.end();
            thread.interrupt();
        }
    }

    private final Options options;
    private final StatementHandler handler;
    private final ServerSocket listener;
    private final Upstream upstream;
    private final Map<Long, Running> running = new ConcurrentSkipListMap<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread acceptor;
    private final Thread watchman;

    private Gateway(Options options, StatementHandler handler, ServerSocket listener) {
        this.options = options;
        this.handler = handler;
        this.listener = listener;
        this.upstream = Upstream.of(options.upstream());
        this.acceptor = Thread.ofPlatform().name("gateway").daemon().unstarted(this::accept);
        this.watchman = Thread.ofPlatform().name("gateway watch").daemon().unstarted(this::watch);
    }

    public static Gateway start(Options options, StatementHandler handler) {
        Gateway gateway = new Gateway(options, handler, listen(options));
        gateway.acceptor.start();
        gateway.watchman.start();
        return gateway;
    }

    private static ServerSocket listen(Options options) {
        String place = options.listenHost() + ":" + options.listenPort();
        try {
            ServerSocket socket = ServerSocketChannel.open().socket();
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            socket.bind(
                    new InetSocketAddress(InetAddress.getByName(options.listenHost()), options.listenPort()), BACKLOG);
            return socket;
        } catch (IOException e) {
            throw Problem.usage("the gateway cannot listen: " + e.getMessage())
                    .at(place)
                    .remedy("choose a free port of this machine, such as --listen 127.0.0.1:0")
                    .raise();
        }
    }

    public String host() {
        return listener.getInetAddress().getHostAddress();
    }

    public int port() {
        return listener.getLocalPort();
    }

    public DatabaseUrl upstream() {
        return options.upstream();
    }

    /// @return those that have said who they are, in the order in which they came
    public List<ConnectionInfo> connections() {
        return running.values().stream()
                .flatMap(one -> one.relay().info().stream())
                .toList();
    }

    /// @return the first thing that a handler threw; the client that it concerned was told and let go
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    private void accept() {
        for (long id = 1; closing.getCount() > 0; id++) {
            try {
                serve(id, listener.accept());
            } catch (IOException _) {
                // the listener was closed, or the client was gone before it was accepted
            }
        }
    }

    /// Lets go of those whose client went away while its statement is held, which nobody notices who does not read.
    private void watch() {
        Map<Long, Long> reads = new HashMap<>();
        try {
            while (!closing.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                reads.keySet().retainAll(running.keySet());
                running.forEach((id, one) -> {
                    long now = one.relay().reads();
                    Long before = reads.put(id, now);
                    if (before != null && before == now && one.relay().clientGone()) {
                        one.end();
                    }
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(long id, Socket client) throws IOException {
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        client.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        Relay relay = new Relay(id, new ClientLine(client, options.tls()), upstream, handler, this::cancel);
        Thread thread =
                Thread.ofPlatform().name("gateway client " + id).daemon().unstarted(() -> serve(id, relay));
        running.put(id, new Running(relay, thread));
        thread.start();
    }

    private void serve(long id, Relay relay) {
        try {
            relay.run();
        } finally {
            relay.failure().ifPresent(thrown -> failure.compareAndSet(null, thrown));
            running.remove(id);
        }
    }

    /// A statement that is held is taken back here; any other is the server's affair.
    private void cancel(byte[] request) throws IOException {
        if (running.values().stream().noneMatch(one -> one.relay().takeBack(request))) {
            upstream.cancel(request);
        }
    }

    /// Ends every connection at both ends. When it returns, no thread and no socket is left, and no backend but one
    /// that does not let itself be cancelled.
    @Override
    public void close() {
        closing.countDown();
        try {
            listener.close();
        } catch (IOException _) {
            // closed it is
        }
        Sockets.join(acceptor, CONNECTIONS_END_WITHIN);
        Sockets.join(watchman, CONNECTIONS_END_WITHIN);
        List<Running> last = List.copyOf(running.values());
        last.forEach(Running::end);
        last.forEach(one -> Sockets.join(one.thread(), CONNECTIONS_END_WITHIN));
        last.forEach(one -> one.relay().abandon());
        last.forEach(one -> Sockets.join(one.thread(), CONNECTIONS_END_WITHIN));
    }
}
