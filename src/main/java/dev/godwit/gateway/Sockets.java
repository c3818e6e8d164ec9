package dev.godwit.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;

/// The ends of connections, where a failure means that the end is there already.
final class Sockets {
    private Sockets() {}

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // closed it is
        }
    }

    static void shutdownOutput(Socket socket) {
        try {
            socket.shutdownOutput();
        } catch (IOException _) {
            // nothing more can be sent
        }
    }

    /// Reads and forgets, until the other side has ended.
    static void drain(Socket socket) {
        try (InputStream in = socket.getInputStream()) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            // ended it has
        }
    }

    /// @return whether the thread has ended in time; an interrupt does not shorten the wait, and is kept
    static boolean join(Thread thread, Duration atMost) {
        boolean interrupted = false;
        long until = System.nanoTime() + atMost.toNanos();
        while (thread.isAlive() && System.nanoTime() < until) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
