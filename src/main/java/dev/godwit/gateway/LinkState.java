package dev.godwit.gateway;

import dev.godwit.gateway.ConnectionInfo.State;
import dev.godwit.gateway.wire.BackendMessage.BackendKeyData;
import dev.godwit.gateway.wire.BackendMessage.ParameterStatus;
import dev.godwit.gateway.wire.StartupPacket;
import dev.godwit.gateway.wire.StartupPacket.Startup;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// What is known of one connection. Its two threads write to it, anyone reads.
final class LinkState {
    private final long id;
    private final Startup startup;
    private final boolean encrypted;
    private final Hold hold = new Hold();
    private final AtomicLong statements = new AtomicLong();
    private volatile String applicationName;
    private volatile Optional<BackendKeyData> key = Optional.empty();
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private volatile TransactionStatus status = TransactionStatus.IDLE;
    private volatile boolean started;
    private volatile boolean copying;
    private volatile boolean terminated;

    LinkState(long id, Startup startup, boolean encrypted) {
        this.id = id;
        this.startup = startup;
        this.encrypted = encrypted;
        this.applicationName = startup.parameter("application_name");
    }

    long id() {
        return id;
    }

    /// @return whether the client speaks TLS
    boolean encrypted() {
        return encrypted;
    }

    Hold hold() {
        return hold;
    }

    /// @return the number of one more statement
    long count() {
        return statements.incrementAndGet();
    }

    int backendPid() {
        return key.map(BackendKeyData::pid).orElse(0);
    }

    void know(BackendKeyData data) {
        key = Optional.of(data);
    }

    void know(ParameterStatus parameter) {
        if (parameter.name().equals("application_name")) {
            applicationName = parameter.value();
        }
    }

    TransactionStatus status() {
        return status;
    }

    void status(TransactionStatus now) {
        status = now;
    }

    /// @return whether this is the server's first word that it takes statements
    boolean start() {
        boolean first = !started;
        started = true;
        return first;
    }

    boolean started() {
        return started;
    }

    /// The client has sent what the server answers with a ReadyForQuery.
    void ask() {
        asked.setRelease(asked.getPlain() + 1);
    }

    /// The Sync that a client sends before it knows that its statement is a COPY is not answered.
    void copy() {
        copying = true;
    }

    void answer(TransactionStatus now) {
        status = now;
        answered.setRelease((copying ? asked.getAcquire() : answered.getPlain()) + 1);
        if (copying) {
            copying = false;
        }
    }

    boolean busy() {
        return started && asked.getAcquire() >= answered.getAcquire();
    }

    /// The client has said goodbye: what it sent before is to be carried out.
    void terminate() {
        terminated = true;
    }

    /// @return whether this is the request that cancels what runs here
    boolean cancelledBy(byte[] request) {
        return key.map(data ->
                        StartupPacket.cancelRequest(data.pid(), data.key().toBytes()))
                .filter(mine -> MessageDigest.isEqual(mine, request))
                .isPresent();
    }

    /// @return what cancels the running statement, when there is one that nobody waits for any more
    Optional<byte[]> cancelRequest() {
        return terminated || !busy()
                ? Optional.empty()
                : key.map(data ->
                        StartupPacket.cancelRequest(data.pid(), data.key().toBytes()));
    }

    ConnectionInfo info() {
        return new ConnectionInfo(
                id,
                backendPid(),
                applicationName,
                startup.parameter("user"),
                startup.parameters().getOrDefault("database", startup.parameter("user")),
                state());
    }

    private State state() {
        if (!started) {
            return State.STARTING;
        }
        if (busy()) {
            return State.ACTIVE;
        }
        return switch (status) {
            case IDLE -> State.IDLE;
            case IN_TRANSACTION -> State.IDLE_IN_TRANSACTION;
            case FAILED -> State.IDLE_IN_FAILED_TRANSACTION;
        };
    }
}
