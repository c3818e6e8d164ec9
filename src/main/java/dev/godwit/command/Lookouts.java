package dev.godwit.command;

import dev.godwit.db.Session;
import dev.godwit.execute.Connections;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sessions of Godwit's own to look at locks with, one for each connection that waits at the same time. The first is
/// the run's, others are opened when they are needed; a framework that works on one connection needs no other.
final class Lookouts implements AutoCloseable {
    private final Connections connections;
    private final Deque<Session> free = new ArrayDeque<>();
    private final List<Session> own = new ArrayList<>();

    /// @param first stays open when this is closed
    Lookouts(Connections connections, Session first) {
        this.connections = connections;
        free.push(first);
    }

    Session take() {
        Session known = poll();
        return known == null ? opened() : known;
    }

    private synchronized @Nullable Session poll() {
        return free.poll();
    }

    private Session opened() {
        Session session = connections.open();
        synchronized (this) {
            own.add(session);
        }
        return session;
    }

    synchronized void giveBack(Session session) {
        free.push(session);
    }

    @Override
    public synchronized void close() {
        free.removeAll(own);
        own.forEach(Session::close);
        own.clear();
    }
}
