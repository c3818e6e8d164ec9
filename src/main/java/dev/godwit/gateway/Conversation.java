package dev.godwit.gateway;

import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whose turn it is on one watched connection. The client's next batch (a Query, or messages up to a Sync) waits until
/// the server has answered the one before and the handler is through with it.
final class Conversation {
    private final Deque<InFlight> flights = new ArrayDeque<>();
    private final Deque<String> prepared = new ArrayDeque<>();
    private boolean quiet;
    private boolean copying;
    private boolean ended;
    private volatile @Nullable Injection injection;

    /// Waits for the client's turn. In a COPY it is always the client's: the Sync behind it comes unasked.
    synchronized void awaitTurn() throws InterruptedIOException {
        try {
            while (!quiet && !copying && !ended) {
                wait();
            }
        } catch (InterruptedException _) {
            throw closing();
        }
    }

    private static InterruptedIOException closing() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("the gateway closes");
    }

    synchronized boolean quiet() {
        return quiet;
    }

    /// Something of a batch leaves for the server.
    synchronized void sent() {
        quiet = false;
    }

    /// A batch of several statements is not tried again.
    synchronized void send(InFlight flight) {
        quiet = false;
        flights.forEach(InFlight::forget);
        flights.add(flight);
    }

    /// More of the batch of the last statement.
    synchronized void keepMore(byte[] bytes) {
        if (!flights.isEmpty()) {
            flights.getLast().keepMore(bytes);
        }
    }

    /// The text behind a Parse, Bind or Describe, each of which the server answers or fails at.
    synchronized void prepare(String sql) {
        prepared.add(sql);
    }

    synchronized void understood() {
        prepared.poll();
    }

    /// @return the text that the server is to prepare next
    synchronized Optional<String> unprepared() {
        return Optional.ofNullable(prepared.peekFirst());
    }

    synchronized Optional<InFlight> head() {
        return Optional.ofNullable(flights.peekFirst());
    }

    synchronized Optional<InFlight> poll() {
        return Optional.ofNullable(flights.pollFirst());
    }

    synchronized List<InFlight> rest() {
        return new ArrayList<>(flights);
    }

    synchronized Optional<byte[]> kept(InFlight flight) {
        return flight.kept();
    }

    synchronized void copy() {
        copying = true;
        notifyAll();
    }

    /// The server has answered the batch, and the handler is through with it.
    synchronized void settle() {
        flights.clear();
        prepared.clear();
        quiet = true;
        copying = false;
        notifyAll();
    }

    synchronized void end() {
        ended = true;
        injection = null;
        notifyAll();
    }

    @Nullable
    Injection injection() {
        return injection;
    }

    synchronized void inject(Injection next) {
        injection = next;
    }

    synchronized void injected() {
        injection = null;
        notifyAll();
    }

    synchronized void awaitInjected() throws InterruptedIOException {
        try {
            while (injection != null) {
                wait();
            }
        } catch (InterruptedException _) {
            throw closing();
        }
        if (ended) {
            throw new InterruptedIOException("the server is gone");
        }
    }
}
