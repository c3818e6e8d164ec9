package dev.godwit.gateway;

import dev.godwit.gateway.wire.Frames;
import dev.godwit.gateway.wire.MalformedMessage;
import dev.godwit.gateway.wire.MessageWriter;
import dev.godwit.gateway.wire.Octets;
import dev.godwit.gateway.wire.StartupPacket;
import dev.godwit.gateway.wire.StartupPacket.Cancel;
import dev.godwit.gateway.wire.StartupPacket.Encryption;
import dev.godwit.gateway.wire.StartupPacket.Startup;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One client connection from its first byte to the end of its backend. One thread reads what the client says, a second
/// one what the server says; both are gone when [#run] returns.
final class Relay implements Runnable {
    private static final Duration BACKEND_ENDS_WITHIN = Duration.ofSeconds(5);

    /// Where a CancelRequest goes, which comes on a connection of its own.
    @FunctionalInterface
    interface Cancels {
        void cancel(byte[] request) throws IOException;
    }

    private final long id;
    private final ClientLine client;
    private final Upstream upstream;
    private final StatementHandler handler;
    private final Cancels cancels;
    private final AtomicReference<@Nullable LinkState> state = new AtomicReference<>();
    private final AtomicReference<@Nullable Socket> server = new AtomicReference<>();
    private final AtomicReference<@Nullable ClientInput> input = new AtomicReference<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Relay(long id, ClientLine client, Upstream upstream, StatementHandler handler, Cancels cancels) {
        this.id = id;
        this.client = client;
        this.upstream = upstream;
        this.handler = handler;
        this.cancels = cancels;
    }

    /// @return empty until the client has said who it is, and for one that only cancels
    Optional<ConnectionInfo> info() {
        return Optional.ofNullable(state.get()).map(LinkState::info);
    }

    /// @return what a handler threw
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    /// @return how often was read from the client
    long reads() {
        ClientInput known = input.get();
        return known == null ? 0 : known.reads();
    }

    /// @return whether the client went away while nobody reads what it says
    boolean clientGone() {
        ClientInput known = input.get();
        return known != null && known.gone();
    }

    /// @return whether the request was for a statement that is held here, and the server need not hear of it
    boolean takeBack(byte[] request) {
        LinkState link = state.get();
        return link != null && link.cancelledBy(request) && link.hold().takeBack();
    }

    /// Ends it from another thread: the client is let go, its statement is cancelled, so that the server listens again,
    /// and [#run] sees to the rest.
    void end() {
        client.close();
        LinkState link = state.get();
        if (link != null) {
            link.cancelRequest().ifPresent(this::cancel);
        }
    }

    /// Ends it when the server lets nothing else end it.
    void abandon() {
        Socket known = server.get();
        if (known != null) {
            Sockets.close(known);
        }
    }

    @Override
    public void run() {
        try (client) {
            Optional<StartupPacket> first = client.greet();
            if (first.isPresent()) {
                begin(first.get());
            }
        } catch (IOException _) {
            // the client went away, or spoke another language: its socket is closed, and there is nobody to tell
        }
    }

    private void begin(StartupPacket packet) throws IOException {
        switch (packet) {
            case Cancel(Octets bytes) -> cancels.cancel(bytes.toBytes());
            case Startup startup -> serve(startup);
            case Encryption _ -> throw new MalformedMessage("a second request for encryption");
        }
    }

    private void serve(Startup startup) throws IOException {
        LinkState link = new LinkState(id, startup, client.encrypted());
        state.set(link);
        try (Socket line = connect()) {
            server.set(line);
            line.getOutputStream().write(startup.bytes().toBytes());
            Flow flow = flow(link, line);
            Thread answers =
                    Thread.ofPlatform().name("gateway server " + id).daemon().start(() -> answers(flow, line));
            try {
                guarded(flow::fromClient);
            } finally {
                finish(link, line, answers);
            }
        } finally {
            if (link.started()) {
                handler.closed(link.info());
            }
        }
    }

    private Socket connect() throws IOException {
        try {
            return upstream.connect();
        } catch (IOException e) {
            refuse("08006", "the gateway cannot reach the server: " + e.getMessage());
            throw e;
        }
    }

    private void refuse(String sqlState, String message) throws IOException {
        client.out().write(new MessageWriter().error("FATAL", sqlState, message).toBytes());
    }

    private Flow flow(LinkState link, Socket line) throws IOException {
        ClientInput said = new ClientInput(client.spoken());
        input.set(said);
        Frames up = new Frames(said, line.getOutputStream());
        Frames down = new Frames(line.getInputStream(), client.out());
        if (handler.equals(StatementHandler.NONE)) {
            return new PlainFlow(link, up, down, handler);
        }
        Conversation conversation = new Conversation();
        return new WatchedFlow(
                conversation,
                new ClientSide(link, up, line.getOutputStream(), conversation, handler),
                new ServerSide(link, down, line.getOutputStream(), conversation, handler));
    }

    /// What may end in the middle.
    @FunctionalInterface
    private interface Way {
        void go() throws IOException;
    }

    /// A way ends with its stream, with a broken connection, or with a handler that threw; the client of the latter is
    /// told. A handler that was interrupted because its client is gone has not failed.
    private void guarded(Way way) {
        try {
            way.go();
        } catch (MalformedMessage e) {
            bid("08P01", "the gateway cannot follow: " + e.getMessage());
        } catch (IOException _) {
            // the other end of it is told by the caller, who closes it
        } catch (RuntimeException e) {
            if (!client.closed()) {
                failure.compareAndSet(null, e);
            }
            bid("58000", "the gateway failed: " + e.getMessage());
        }
    }

    private void bid(String sqlState, String message) {
        try {
            refuse(sqlState, message);
        } catch (IOException _) {
            // the client is gone already
        }
    }

    private void answers(Flow flow, Socket line) {
        guarded(flow::fromServer);
        guarded(flow::serverEnded);
        client.bid();
        Sockets.drain(line);
    }

    /// The client is gone, so its backend goes: a statement that nobody waits for is cancelled, and the server hears
    /// the end of the stream. The backend has ended when the server closes its side. An interrupt would close the
    /// sockets that this needs, so it waits.
    private void finish(LinkState link, Socket line, Thread answers) {
        client.close();
        boolean interrupted = Thread.interrupted();
        link.cancelRequest().ifPresent(this::cancel);
        Sockets.shutdownOutput(line);
        boolean ended = Sockets.join(answers, BACKEND_ENDS_WITHIN);
        Sockets.close(line);
        if (!ended) {
            answers.interrupt();
            Sockets.join(answers, BACKEND_ENDS_WITHIN);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void cancel(byte[] request) {
        try {
            upstream.cancel(request);
        } catch (IOException _) {
            // a server that cannot be reached has nothing left to cancel
        }
    }
}
