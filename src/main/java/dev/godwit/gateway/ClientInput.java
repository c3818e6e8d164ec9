package dev.godwit.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// What a client sends. While nobody reads, because a statement is held or the server does not listen, another thread
/// can look whether the client is still there; what it finds in doing so is kept for the reader.
final class ClientInput extends InputStream {
    private static final int LOOK_MILLIS = 1;

    private final Socket socket;
    private final InputStream in;
    private final ReentrantLock reading = new ReentrantLock();
    private final byte[] ahead = new byte[8192];
    private int from;
    private int to;
    private boolean ended;
    private final AtomicLong reads = new AtomicLong();

    ClientInput(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        reading.lock();
        try {
            reads.setRelease(reads.getPlain() + 1);
            if (from < to) {
                return readAhead(target, offset, length);
            }
            return ended ? -1 : in.read(target, offset, length);
        } finally {
            reading.unlock();
        }
    }

    private int readAhead(byte[] target, int offset, int length) {
        int bytes = Math.min(length, to - from);
        System.arraycopy(ahead, from, target, offset, bytes);
        from += bytes;
        if (from == to) {
            from = 0;
            to = 0;
        }
        return bytes;
    }

    /// @return how often was read; the same number twice, and nobody has read between
    long reads() {
        return reads.getAcquire();
    }

    /// @return whether the client is known to be gone; false while somebody reads, who will see it
    boolean gone() {
        if (!reading.tryLock()) {
            return false;
        }
        try {
            return ended || (to < ahead.length && look());
        } finally {
            reading.unlock();
        }
    }

    private boolean look() {
        try {
            socket.setSoTimeout(LOOK_MILLIS);
            int read = in.read(ahead, to, ahead.length - to);
            ended = read < 0;
            to += Math.max(0, read);
            socket.setSoTimeout(0);
        } catch (SocketTimeoutException _) {
            return endlessAgain();
        } catch (IOException _) {
            ended = true;
        }
        return ended;
    }

    private boolean endlessAgain() {
        try {
            socket.setSoTimeout(0);
        } catch (IOException _) {
            ended = true;
        }
        return ended;
    }
}
